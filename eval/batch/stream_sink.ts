import { dirname } from "node:path";
import type { Batch } from "./batch.ts";
import { unwritable } from "@heatword/core/files";
import { rowsHead } from "../render/rows.ts";
import { nothingDone } from "./journal.ts";
import { nameFiles } from "./_naming.ts";
import { OutputFile } from "./_output_file.ts";
import { refuseDevice, refuseForeignList } from "./own_files.ts";
import { rejectedLines, rejectedPath, type Sink } from "./sink.ts";

/**
 * A sink for rows that come once only, from standard input to a file: a run that is stopped leaves
 * nothing, since no other could go on.
 */
export async function streamSink(settings: Batch): Promise<Sink> {
  const out = settings.out!;
  const list = rejectedPath(settings);
  try {
    for (const path of [out, list]) {
      await Deno.mkdir(dirname(path), { recursive: true });
      const there = await Deno.stat(path).catch(() => undefined);
      if (there?.isDirectory) throw new Deno.errors.IsADirectory();
    }
    await refuseDevice(out);
    await refuseForeignList(settings);
  } catch (error) {
    throw unwritable(out, error);
  }
  const name = crypto.randomUUID();
  const paths = [
    `${out}.${name}.tmp`,
    `${list}.${name}.rejected.tmp`,
    `${out}.${name}.writing.tmp`,
  ];
  const discard = () => {
    for (const path of paths) {
      try {
        Deno.removeSync(path);
      } catch {
        // It is not there, or no more.
      }
    }
  };
  const output = await OutputFile.open(paths[0]!, 0);
  const rejected = await OutputFile.open(paths[1]!, 0);
  const closeFiles = () => [output, rejected].forEach((file) => file.close());
  let anyRejected = false;
  const isGrouped = settings.unit !== undefined;
  output.write(new TextEncoder().encode(rowsHead(settings.format, isGrouped)));
  return {
    resumed: nothingDone,
    write(_, bytes, rejections) {
      output.write(bytes);
      rejected.write(rejectedLines(rejections));
      anyRejected ||= rejections.length > 0;
    },
    checkpoint() {},
    async finish() {
      output.sync();
      rejected.sync();
      closeFiles();
      await nameFiles({
        output: [paths[0]!, out],
        rejected: [paths[1]!, list],
        anyRejected,
        isGrouped,
        ...(settings.format === "parquet" && { parquet: paths[2]! }),
      });
    },
    close() {
      closeFiles();
      discard();
      return Promise.resolve();
    },
    interrupt() {
      discard();
      return false;
    },
    terminate: discard,
  };
}
