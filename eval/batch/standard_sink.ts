import { rowsHead } from "../render/rows.ts";
import { OutputFile } from "./_output_file.ts";
import type { Batch } from "./batch.ts";
import { nothingDone } from "./journal.ts";
import { rejectedLines, type Sink } from "./sink.ts";

/** The standard streams of a program. */
export interface StandardStreams {
  /** Writes all of a text, or bytes, to standard output. */
  writeOut(output: string | Uint8Array): void;
  /** Writes all bytes to standard error. */
  writeError(bytes: Uint8Array): void;
}

/**
 * A sink that streams to standard output; bad rows go to a file, or to standard error.
 *
 * @param settings The format, and where bad rows go.
 * @param streams Where the rest goes.
 */
export async function standardSink(
  settings: Batch,
  { writeOut, writeError }: StandardStreams,
): Promise<Sink> {
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
