import { isUnavailable } from "@heatword/core";
import {
  describeRun,
  fileSink,
  openInput,
  ownFiles,
  rejectedPath,
  Report,
  type Row,
  type Sink,
  standardSink,
  streamSink,
} from "@heatword/eval/batch";
import { end } from "../../cli/at_end.ts";
import { leave } from "../../cli/early_end.ts";
import { endProgress, showProgress } from "../../cli/progress.ts";
import { modelPath } from "../../opening/model.ts";
import { loadPlugins } from "../../opening/plugins.ts";
import { modelReads } from "../../opening/reads.ts";
import type { BatchSettings } from "../_settings.ts";
import { writeError, writeOut } from "../_write.ts";
import { checkBatchPaths } from "./_paths.ts";
import { startPool } from "./_pool.ts";

/** How often the journal is written, in milliseconds. */
const CHECKPOINT = 300;

/** The rows that an earlier run has not done; tells where the last of the others ended. */
async function* without(
  lists: AsyncIterable<Row[]>,
  count: number,
  skipped: (end: number) => void,
): AsyncGenerator<Row> {
  let left = count;
  for await (const rows of lists) {
    if (left > 0 && rows.length > 0) skipped(rows[Math.min(left, rows.length) - 1]!.end);
    yield* rows.slice(left);
    left = Math.max(0, left - rows.length);
  }
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

/** What tells a run from others that go to the same file. */
async function nameOf(settings: BatchSettings, ours: ReadonlySet<string>): Promise<string> {
  const { workers: _, model: __, limits: ___, ...rest } = settings;
  const model = await modelPath(settings);
  const files = (await modelReads(model)).map(({ path }) => path);
  return await describeRun(
    { ...rest, model },
    [...files, ...settings.plugins, ...settings.batch],
    ours,
    showProgress(),
  );
}

/** Opens the sink that goes with the input and the output. */
async function openSink(settings: BatchSettings, ours: ReadonlySet<string>): Promise<Sink> {
  if (settings.out === undefined || settings.out === "-") {
    return await standardSink(settings, { writeOut, writeError });
  }
  if (settings.batch[0] === "-") return await streamSink(settings);
  return await fileSink(settings, await nameOf(settings, ours));
}

/**
 * Explains many texts, in constant memory and on all cores. To a file it can be stopped at any
 * moment; the same command goes on where it was, and the result is the same byte for byte, unless
 * the rows come from standard input.
 *
 * @param settings What to explain, and how.
 * @throws {Error} If the input cannot be read, no model is there, or every row was rejected.
 */
export async function runBatch(settings: BatchSettings): Promise<void> {
  await loadPlugins(settings.plugins);
  await checkBatchPaths(settings);
  const toFile = settings.out !== undefined && settings.out !== "-";
  const ours = toFile ? await ownFiles(settings) : new Set<string>();
  const input = await openInput(settings, ours);
  const sink = await openSink(settings, ours);
  let ending: Promise<void> | undefined;
  const interrupted = () => {
    const again = sink.interrupt() ? ": the same command goes on from here" : "";
    endProgress();
    console.error(`Interrupted${again}`);
    ending ??= end().finally(() => Deno.exit(130));
  };
  const terminated = () => {
    sink.terminate!();
    ending ??= end().finally(() => Deno.exit(143));
  };
  Deno.addSignalListener("SIGINT", interrupted);
  if (sink.terminate) Deno.addSignalListener("SIGTERM", terminated);
  let { rows, rejected } = sink.resumed;
  let timedOut = 0;
  try {
    if (!sink.resumed.complete) {
      const report = new Report(input, showProgress());
      let saved = performance.now();
      const left = without(input.rows, rows, (end) => report.skip(end));
      if (rows === 0) report.begin();
      await using pool = await startPool(settings, settings.workers);
      for await (const { task: row, result } of pool.run(left)) {
        // What may be of rows that the end of the model broke off is not written.
        if (ending) await ending;
        sink.write(1, result.output, result.rejected);
        rows++;
        rejected += result.rejected.length;
        report.row(row.end);
        if (performance.now() - saved >= CHECKPOINT) {
          sink.checkpoint();
          saved = performance.now();
        }
      }
      timedOut = pool.timedOut;
      report.finish();
    }
    await sink.finish();
  } catch (error) {
    if (ending) await ending;
    if (!isUnavailable(error) || !toFile) {
      await sink.close();
      throw error;
    }
    const again = sink.interrupt() && rows > 0 ? "; the same command goes on from here" : "";
    await sink.close();
    throw new Error(`${(error as Error).message}${again}`);
  } finally {
    Deno.removeSignalListener("SIGINT", interrupted);
    if (sink.terminate) Deno.removeSignalListener("SIGTERM", terminated);
  }
  if (toFile || rejected > 0) summarize(settings, rows, rejected, sink.resumed.rows);
  if (rows > 0 && rejected === rows) throw new Error("Every row was rejected");
  // Otherwise the program would wait for a worker that never ends.
  if (timedOut > 0) {
    await end();
    leave();
  }
}
