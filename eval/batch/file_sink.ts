import { dirname } from "node:path";
import type { Batch } from "./batch.ts";
import { unwritable } from "@heatword/core/files";
import { rowsHead } from "../render/rows.ts";
import { type Checkpoint, Journal, nothingDone } from "./journal.ts";
import type { Rejection } from "./outcome.ts";
import { nameFiles, sizeOf, type Unnamed } from "./_naming.ts";
import { OutputFile } from "./_output_file.ts";
import { refuseDevice, refuseForeign, workFiles } from "./own_files.ts";
import { rejectedLines, rejectedPath, type Sink } from "./sink.ts";

const encoder = new TextEncoder();
const removeIfThere = (path: string) => Deno.remove(path).catch(() => {});

function unnamed(settings: Batch, { rejectedBytes }: Checkpoint): Unnamed {
  const { partial, partialList, writing } = workFiles(settings);
  return {
    output: [partial, settings.out!],
    rejected: [partialList, rejectedPath(settings)],
    anyRejected: rejectedBytes > 0,
    ...(settings.format === "parquet" && { parquet: writing }),
    isGrouped: settings.unit !== undefined,
  };
}

/** The files of a run that goes to a file, all beside the output. */
class FileSink implements Sink {
  readonly resumed: Checkpoint;
  #now: Checkpoint;
  #closed = false;

  constructor(
    readonly settings: Batch,
    readonly journal: Journal,
    readonly output: OutputFile,
    readonly rejected: OutputFile,
    start: Checkpoint,
  ) {
    this.resumed = start;
    this.#now = start;
  }

  write(rows: number, output: Uint8Array, rejected: readonly Rejection[]): void {
    const lines = rejectedLines(rejected);
    this.output.write(output);
    this.rejected.write(lines);
    const now = this.#now;
    this.#now = {
      rows: now.rows + rows,
      rejected: now.rejected + rejected.length,
      bytes: now.bytes + output.length,
      rejectedBytes: now.rejectedBytes + lines.length,
      complete: false,
    };
  }

  checkpoint(): void {
    if (this.#closed) return;
    this.output.sync();
    this.rejected.sync();
    this.journal.add(this.#now);
  }

  async finish(): Promise<void> {
    this.#now = { ...this.#now, complete: true };
    this.checkpoint();
    this.#closeFiles();
    await nameFiles(unnamed(this.settings, this.#now), this.journal);
    await this.journal.remove();
  }

  async close(): Promise<void> {
    this.#closeFiles();
    if (this.#now.rows > 0) return this.journal.close();
    const { partial, partialList } = workFiles(this.settings);
    await removeIfThere(partial);
    await removeIfThere(partialList);
    await this.journal.remove();
  }

  interrupt(): boolean {
    this.checkpoint();
    return true;
  }

  #closeFiles(): void {
    this.#closed = true;
    this.output.close();
    this.rejected.close();
  }
}

/** Begins to write beside the output, when that can be written at all. */
async function openJournal(settings: Batch, run: string): Promise<Journal> {
  const out = settings.out!;
  try {
    await Deno.mkdir(dirname(out), { recursive: true });
    const there = await Deno.stat(out).catch(() => undefined);
    if (there?.isDirectory) throw new Deno.errors.IsADirectory();
    await refuseDevice(out);
    await refuseForeign(settings);
    return await Journal.open(workFiles(settings).journal, run);
  } catch (error) {
    throw unwritable(out, error);
  }
}

/**
 * A sink that writes to a file. Until all is done the output is in `OUT.partial`, with
 * `OUT.journal` beside it; the same run, started again, goes on where it was.
 *
 * @param settings Where to write what.
 * @param run What tells this run from others, in one line.
 */
export async function fileSink(settings: Batch, run: string): Promise<Sink> {
  const { partial, partialList } = workFiles(settings);
  const journal = await openJournal(settings, run);
  let start = journal.resumed;
  if (start.complete) {
    await nameFiles(unnamed(settings, start), journal);
    if (await sizeOf(settings.out!) !== undefined) return finishedSink(journal, start);
    start = nothingDone;
  }
  const length = async (path: string) => await sizeOf(path) ?? -1;
  const damaged = await length(partial) < start.bytes ||
    await length(partialList) < start.rejectedBytes;
  if (damaged) start = nothingDone;
  const output = await OutputFile.open(partial, start.bytes);
  const rejected = await OutputFile.open(partialList, start.rejectedBytes);
  const sink = new FileSink(settings, journal, output, rejected, start);
  if (start.bytes === 0) {
    const head = rowsHead(settings.format, settings.unit !== undefined);
    sink.write(0, encoder.encode(head), []);
  }
  sink.checkpoint();
  return sink;
}

/** Of a run that was stopped when all was done but the journal still there. */
function finishedSink(journal: Journal, resumed: Checkpoint): Sink {
  return {
    resumed,
    write() {},
    checkpoint() {},
    finish: () => journal.remove(),
    close: () => Promise.resolve(journal.close()),
    interrupt: () => true,
  };
}
