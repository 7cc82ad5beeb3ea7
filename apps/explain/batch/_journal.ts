/** How far a run has come: what of its input is done, and what of its files counts. */
export interface Checkpoint {
  /** Rows of the input that are done, whether explained or rejected. */
  readonly rows: number;
  /** Of these, the rejected ones. */
  readonly rejected: number;
  /** Length of the unfinished output in bytes. */
  readonly bytes: number;
  /** Length of the list of rejected rows in bytes. */
  readonly rejectedBytes: number;
  /** Whether all rows are done. */
  readonly complete: boolean;
}

/** The beginning of a run. */
export const nothingDone: Checkpoint = {
  rows: 0,
  rejected: 0,
  bytes: 0,
  rejectedBytes: 0,
  complete: false,
};

function readCheckpoint(text: string, run: string): Checkpoint {
  const [first, ...rest] = text.split("\n");
  // What stands behind the last line feed is a line that was never finished.
  rest.pop();
  if (first !== run) return nothingDone;
  const last = rest.at(-1);
  return last === undefined ? nothingDone : JSON.parse(last);
}

/**
 * The log of a run, beside its output: a line that tells which run it is, then a line for every
 * checkpoint. Lines are only ever added, so that a kill at any moment leaves the last whole one.
 * It is locked while the run lasts.
 */
export class Journal {
  readonly #file: Deno.FsFile;
  readonly #path: string;
  /** Where the run was when it was stopped. */
  readonly resumed: Checkpoint;

  private constructor(file: Deno.FsFile, path: string, resumed: Checkpoint) {
    this.#file = file;
    this.#path = path;
    this.resumed = resumed;
  }

  /**
   * Opens the journal of a run, or begins one.
   *
   * @param path The file.
   * @param run What tells this run from others, in one line; a journal of another run is dropped.
   * @throws {Deno.errors.Busy} If another process is at it.
   */
  static async open(path: string, run: string): Promise<Journal> {
    const file = await Deno.open(path, { read: true, write: true, create: true });
    if (!await file.tryLock(true)) {
      file.close();
      throw new Deno.errors.Busy(`Another process is writing this output: "${path}" is locked`);
    }
    const text = await Deno.readTextFile(path);
    const resumed = readCheckpoint(text, run);
    const journal = new Journal(file, path, resumed);
    await file.truncate(0);
    await file.seek(0, Deno.SeekMode.Start);
    journal.#append(resumed === nothingDone ? run : `${run}\n${JSON.stringify(resumed)}`);
    return journal;
  }

  #append(line: string): void {
    const bytes = new TextEncoder().encode(`${line}\n`);
    if (this.#file.writeSync(bytes) !== bytes.length) {
      throw new Error(`Cannot write "${this.#path}"`);
    }
    this.#file.syncDataSync();
  }

  /** Adds a checkpoint; what it counts must be on disk already. */
  add(checkpoint: Checkpoint): void {
    this.#append(JSON.stringify(checkpoint));
  }

  /** Closes the journal; the run can be resumed. */
  close(): void {
    this.#file.close();
  }

  /** Closes and removes the journal: the run is over. */
  async remove(): Promise<void> {
    this.#file.close();
    await Deno.remove(this.#path);
  }
}
