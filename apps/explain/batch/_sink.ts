import { dirname } from "node:path";
import { unwritable, writeOut } from "../_write.ts";
import { chunksOf } from "./_chunks.ts";
import { fileHead } from "./_format.ts";
import { type Checkpoint, Journal, nothingDone } from "./_journal.ts";
import type { Rejection } from "./_messages.ts";
import type { BatchSettings } from "../_settings.ts";

/** Where the results of a batch go. */
export interface Sink {
  /** What was done by an earlier run that was stopped. */
  readonly resumed: Checkpoint;
  /** Writes what became of some rows. */
  write(rows: number, output: Uint8Array, rejected: readonly Rejection[]): void;
  /** Notes how far it is, so that a later run goes on from here. */
  checkpoint(): void;
  /** All rows are done: gives the files their names. */
  finish(): Promise<void>;
  /** Stops; what is done stays for a later run, and nothing stays when nothing is done. */
  close(): Promise<void>;
}

const encoder = new TextEncoder();
const lines = (rejected: readonly Rejection[]) =>
  encoder.encode(rejected.map((rejection) => `${JSON.stringify(rejection)}\n`).join(""));

/** The file of rejected rows that goes with an output: `a.jsonl` has `a.rejected.jsonl`. */
export function rejectedPath({ rejected, out }: BatchSettings): string {
  return rejected ?? `${out!.replace(/\.[A-Za-z]+$/, "")}.rejected.jsonl`;
}

/** A sink that streams to standard output; bad rows go to a file, or to standard error. */
export function standardSink(settings: BatchSettings): Sink {
  const { rejected: path } = settings;
  const file = path === undefined
    ? undefined
    : Deno.openSync(path, { write: true, create: true, truncate: true });
  let first = true;
  return {
    resumed: nothingDone,
    write(_, output, rejected) {
      if (first) writeOut(encoder.encode(fileHead(settings.format)));
      first = false;
      writeOut(output);
      writeAll(file ?? Deno.stderr, lines(rejected));
    },
    checkpoint() {},
    finish() {
      if (first) writeOut(encoder.encode(fileHead(settings.format)));
      file?.close();
      return Promise.resolve();
    },
    close: () => Promise.resolve(file?.close()),
  };
}

function writeAll(file: { writeSync(bytes: Uint8Array): number }, bytes: Uint8Array): void {
  for (let rest = bytes; rest.length > 0;) rest = rest.subarray(file.writeSync(rest));
}

async function size(path: string): Promise<number> {
  try {
    return (await Deno.stat(path)).size;
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return -1;
    throw error;
  }
}

/** Opens a file for writing behind its first bytes; what stands behind them is dropped. */
async function openAt(path: string, length: number): Promise<Deno.FsFile> {
  const file = await Deno.open(path, { write: true, create: true });
  await file.truncate(length);
  await file.seek(length, Deno.SeekMode.Start);
  return file;
}

const removeIfThere = (path: string) => Deno.remove(path).catch(() => {});

/** The files of a run that goes to a file, all beside the output. */
class FileSink implements Sink {
  readonly resumed: Checkpoint;
  #now: Checkpoint;
  #closed = false;

  constructor(
    readonly settings: BatchSettings,
    readonly journal: Journal,
    readonly output: Deno.FsFile,
    readonly rejected: Deno.FsFile,
    start: Checkpoint,
  ) {
    this.resumed = start;
    this.#now = start;
  }

  write(rows: number, output: Uint8Array, rejected: readonly Rejection[]): void {
    const rejectedLines = lines(rejected);
    writeAll(this.output, output);
    writeAll(this.rejected, rejectedLines);
    const now = this.#now;
    this.#now = {
      rows: now.rows + rows,
      rejected: now.rejected + rejected.length,
      bytes: now.bytes + output.length,
      rejectedBytes: now.rejectedBytes + rejectedLines.length,
      complete: false,
    };
  }

  checkpoint(): void {
    this.output.syncDataSync();
    this.rejected.syncDataSync();
    this.journal.add(this.#now);
  }

  async finish(): Promise<void> {
    this.#now = { ...this.#now, complete: true };
    this.checkpoint();
    this.#closeFiles();
    await nameFiles(this.settings, this.#now);
    await this.journal.remove();
  }

  async close(): Promise<void> {
    this.#closeFiles();
    if (this.#now.rows > 0) return this.journal.close();
    await removeIfThere(`${this.settings.out}.partial`);
    await removeIfThere(`${rejectedPath(this.settings)}.partial`);
    await this.journal.remove();
  }

  #closeFiles(): void {
    if (this.#closed) return;
    this.#closed = true;
    this.output.close();
    this.rejected.close();
  }
}

/** Gives the finished files their names; does what is left of it when it was stopped midway. */
async function nameFiles(settings: BatchSettings, { rejectedBytes }: Checkpoint): Promise<void> {
  const { out, format } = settings as { out: string; format: string };
  const partial = `${out}.partial`;
  const rejected = rejectedPath(settings);
  if (rejectedBytes === 0) {
    await removeIfThere(`${rejected}.partial`);
    await removeIfThere(rejected);
  } else if (await size(`${rejected}.partial`) >= 0) {
    await Deno.rename(`${rejected}.partial`, rejected);
  }
  if (await size(partial) < 0) return;
  if (format === "parquet") {
    const { writeParquet } = await import("./_parquet.ts");
    await writeParquet(chunksOf(partial), `${out}.writing`);
    await Deno.rename(`${out}.writing`, out);
    await Deno.remove(partial);
  } else await Deno.rename(partial, out);
}

const real = (path: string) => Deno.realPath(path).catch(() => path);

/** Begins to write beside the output, when that can be written at all. */
async function openJournal(settings: BatchSettings, run: string): Promise<Journal> {
  const out = settings.out!;
  if (out === rejectedPath(settings)) {
    throw new RangeError(`Cannot write good and bad rows to the same file "${out}"`);
  }
  if (await real(out) === await real(settings.batch)) {
    throw new RangeError(`Cannot write the output over the input "${out}"`);
  }
  try {
    await Deno.mkdir(dirname(out), { recursive: true });
    const there = await Deno.stat(out).catch(() => undefined);
    if (there?.isDirectory) throw new Deno.errors.IsADirectory();
    return await Journal.open(`${out}.journal`, run);
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
export async function fileSink(settings: BatchSettings, run: string): Promise<Sink> {
  const out = settings.out!;
  const partial = `${out}.partial`;
  const rejected = `${rejectedPath(settings)}.partial`;
  const journal = await openJournal(settings, run);
  let start = journal.resumed;
  if (start.complete) {
    await nameFiles(settings, start);
    if (await size(out) >= 0) {
      return { ...finishedSink(journal), resumed: start };
    }
    start = nothingDone;
  }
  const damaged = await size(partial) < start.bytes || await size(rejected) < start.rejectedBytes;
  if (damaged) start = nothingDone;
  const output = await openAt(partial, start.bytes);
  const sink = new FileSink(
    settings,
    journal,
    output,
    await openAt(rejected, start.rejectedBytes),
    start,
  );
  if (start.bytes === 0) sink.write(0, encoder.encode(fileHead(settings.format)), []);
  sink.checkpoint();
  return sink;
}

/** Of a run that was stopped when all was done but the journal still there. */
function finishedSink(journal: Journal): Omit<Sink, "resumed"> {
  return {
    write() {},
    checkpoint() {},
    finish: () => journal.remove(),
    close: () => Promise.resolve(journal.close()),
  };
}
