import { clearProgress } from "../../cli/progress.ts";
import type { BatchSettings } from "../_settings.ts";
import { unwritable, writeOut } from "../_write.ts";
import { rowsHead } from "@heatword/eval/rows";
import { nothingDone } from "./_journal.ts";
import { OutputFile } from "./_output_file.ts";
import { rejectedLines, type Sink } from "./_sink.ts";

function writeError(bytes: Uint8Array): void {
  if (bytes.length > 0) clearProgress();
  try {
    for (let rest = bytes; rest.length > 0;) rest = rest.subarray(Deno.stderr.writeSync(rest));
  } catch (error) {
    throw unwritable("standard error", error);
  }
}

/** A sink that streams to standard output; bad rows go to a file, or to standard error. */
export async function standardSink(settings: BatchSettings): Promise<Sink> {
  const { rejected: path } = settings;
  const file = path === undefined ? undefined : await OutputFile.open(path, 0);
  let first = true;
  const writeHead = () => {
    if (first) writeOut(rowsHead(settings.format, settings.unit !== undefined));
    first = false;
  };
  return {
    resumed: nothingDone,
    write(_, output, rejected) {
      writeHead();
      writeOut(output);
      const lines = rejectedLines(rejected);
      if (file) file.write(lines);
      else writeError(lines);
    },
    checkpoint() {},
    finish() {
      writeHead();
      file?.close();
      return Promise.resolve();
    },
    close: () => Promise.resolve(file?.close()),
    interrupt: () => false,
  };
}
