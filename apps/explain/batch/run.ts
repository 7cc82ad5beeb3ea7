import { showProgress } from "../../_progress.ts";
import type { BatchSettings } from "../_settings.ts";
import { explainInParallel } from "./_pool.ts";
import { type Input, openInput, type Row } from "./_rows.ts";
import { describeRun } from "./_run_name.ts";
import { fileSink, rejectedPath, type Sink, standardSink } from "./_sink.ts";

/** How often the journal is written, in milliseconds. */
const CHECKPOINT = 300;

/** Leaves out the rows that an earlier run has done. */
async function* without(lists: AsyncIterable<Row[]>, count: number): AsyncGenerator<Row[]> {
  let left = count;
  for await (const rows of lists) {
    if (left < rows.length) yield rows.slice(left);
    left = Math.max(0, left - rows.length);
  }
}

/** Tells how far it is: the total in bytes or files, rows a second beside it. */
function progressOf({ total, unit }: Input, sink: Sink): (end: number, rows: number) => void {
  const show = showProgress();
  const began = performance.now();
  const scale = unit === "bytes" ? 2 ** 20 : 1;
  return (end, rows) => {
    const rate = rows / Math.max(1e-3, (performance.now() - began) / 1000);
    const note = `${rate.toFixed(rate < 10 ? 1 : 0)} rows/s`;
    if (total === undefined) {
      show({ task: "Explaining", done: rows + sink.resumed.rows, unit: "rows", note });
    } else {
      show({
        task: "Explaining",
        done: end / scale,
        total: total / scale,
        unit: unit === "bytes" ? "MB" : "files",
        note,
      });
    }
  };
}

/** Says on standard error what came of it. */
function summarize(settings: BatchSettings, rows: number, rejected: number, resumed: number): void {
  const parts = [
    `Explained ${(rows - rejected).toLocaleString("en")} of ${rows.toLocaleString("en")} rows`,
  ];
  if (resumed > 0) parts.push(`${resumed.toLocaleString("en")} of them by an earlier run`);
  if (rejected > 0) {
    const where = settings.out ? rejectedPath(settings) : settings.rejected ?? "above";
    parts.push(`${rejected.toLocaleString("en")} rejected, see ${where}`);
  }
  console.error(parts.join("; "));
}

/**
 * Explains many texts, in constant memory and on all cores. To a file it can be stopped at any
 * moment; the same command goes on where it was, and the result is the same byte for byte.
 *
 * @param settings What to explain, and how.
 * @throws {Error} If the input cannot be read, no model is there, or every row was rejected.
 */
export async function runBatch(settings: BatchSettings): Promise<void> {
  const input = await openInput(settings);
  const toFile = settings.out !== undefined && settings.out !== "-";
  const sink = toFile
    ? await fileSink(settings, await describeRun(settings))
    : standardSink(settings);
  const workers = settings.workers ?? navigator.hardwareConcurrency;
  const interrupted = () => {
    sink.checkpoint();
    const again = toFile ? ": the same command goes on from here" : "";
    console.error(`\nInterrupted${again}`);
    Deno.exit(130);
  };
  Deno.addSignalListener("SIGINT", interrupted);
  let { rows, rejected } = sink.resumed;
  try {
    if (!sink.resumed.complete) {
      const report = progressOf(input, sink);
      let saved = performance.now();
      const left = without(input.rows, rows);
      for await (const done of explainInParallel(left, settings, workers)) {
        sink.write(done.rows.length, done.output, done.rejected);
        rows += done.rows.length;
        rejected += done.rejected.length;
        report(done.rows.at(-1)!.end, rows - sink.resumed.rows);
        if (performance.now() - saved >= CHECKPOINT) {
          sink.checkpoint();
          saved = performance.now();
        }
      }
    }
    await sink.finish();
  } catch (error) {
    await sink.close();
    throw error;
  } finally {
    Deno.removeSignalListener("SIGINT", interrupted);
  }
  if (toFile || rejected > 0) summarize(settings, rows, rejected, sink.resumed.rows);
  if (rows > 0 && rejected === rows) throw new Error("Every row was rejected");
}
