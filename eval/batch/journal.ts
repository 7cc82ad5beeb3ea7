import { unwritable } from "@heatword/core/files";

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

/** A row group of a Parquet file that is on disk. */
export interface Group {
  /** How many bytes of the records are read with it. */
  readonly read: number;
  /** Length of the file with it. */
  readonly written: number;
  /** What the end of the file has to tell of it, in base64. */
  readonly about: string;
}

/** What a journal tells. */
interface Content {
  readonly checkpoint: Checkpoint;
  readonly groups: readonly Group[];
  /** How many bytes of it are whole lines of this run. */
  readonly length: number;
}

function parse(text: string, run: string): Content {
  // What stands behind the last line feed is a line that was never finished.
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const [first, ...lines] = whole.split("\n").slice(0, -1);
  if (first !== run) return { checkpoint: nothingDone, groups: [], length: 0 };
  const groups: Group[] = [];
  let checkpoint = nothingDone;
  for (const line of lines) {
    const entry: Checkpoint | { readonly group: Group } = JSON.parse(line);
    if ("group" in entry) groups.push(entry.group);
    else {
      checkpoint = entry;
      groups.length = 0;
    }
  }
  return { checkpoint, groups, length: new TextEncoder().encode(whole).length };
}

/** Whether a file is a journal of this program, or what is left of one that was hardly begun. */
export async function isJournal(path: string): Promise<boolean> {
  using file = await Deno.open(path);
  const start = new Uint8Array(12);
  const length = await file.read(start);
  return length === null ||
    '{"heatword":'.startsWith(new TextDecoder().decode(start.subarray(0, length)));
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
  /** The groups of the Parquet file that were written already. */
  readonly groups: readonly Group[];

  private constructor(file: Deno.FsFile, path: string, { checkpoint, groups }: Content) {
    this.#file = file;
    this.#path = path;
    this.resumed = checkpoint;
    this.groups = groups;
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
    try {
      if (!await file.tryLock(true)) {
        throw new Deno.errors.Busy(`Another process is writing this output: "${path}" is locked`);
      }
      const content = parse(await Deno.readTextFile(path), run);
      const journal = new Journal(file, path, content);
      await file.truncate(content.length);
      await file.seek(content.length, Deno.SeekMode.Start);
      if (content.length === 0) journal.#append(run);
      return journal;
    } catch (error) {
      file.close();
      throw error;
    }
  }

  #append(line: string): void {
    try {
      let rest = new TextEncoder().encode(`${line}\n`);
      while (rest.length > 0) rest = rest.subarray(this.#file.writeSync(rest));
      this.#file.syncDataSync();
    } catch (error) {
      throw unwritable(this.#path, error);
    }
  }

  /** Adds a checkpoint; what it counts must be on disk already. */
  add(checkpoint: Checkpoint): void {
    this.#append(JSON.stringify(checkpoint));
  }

  /** Adds a group of the Parquet file; it must be on disk already. */
  addGroup(group: Group): void {
    this.#append(JSON.stringify({ group }));
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
