/** A line of the file. */
interface Line<R> {
  readonly task: string;
  readonly result: R;
}

/** The lines of a run that was stopped, and how long they are; what follows was never finished. */
function parse<R>(text: string, run: string): { lines: Line<R>[]; length: number } {
  const whole = text.slice(0, text.lastIndexOf("\n") + 1);
  const [first, ...lines] = whole.split("\n").slice(0, -1);
  if (first !== run) return { lines: [], length: 0 };
  return {
    lines: lines.map((line) => JSON.parse(line)),
    length: new TextEncoder().encode(whole).length,
  };
}

/**
 * What is measured already, kept beside the results, so that a run that was stopped goes on. Its
 * first line tells which run it is: one with other settings starts anew. Lines are only added.
 */
export class FinishedTasks<R> implements Disposable {
  readonly #file: Deno.FsFile;
  readonly #results: Map<string, R>;

  private constructor(file: Deno.FsFile, lines: readonly Line<R>[]) {
    this.#file = file;
    this.#results = new Map(lines.map(({ task, result }) => [task, result]));
  }

  /**
   * Opens the file, or begins it.
   *
   * @param path The file.
   * @param run What tells this run from others, in one line.
   * @throws {Deno.errors.Busy} If another process is at it.
   */
  static async open<R>(path: string, run: string): Promise<FinishedTasks<R>> {
    const file = await Deno.open(path, { read: true, write: true, create: true });
    try {
      if (!await file.tryLock(true)) {
        throw new Deno.errors.Busy(`Another process is measuring into "${path}"`);
      }
      const { lines, length } = parse<R>(await Deno.readTextFile(path), run);
      await file.truncate(length);
      await file.seek(length, Deno.SeekMode.Start);
      const finished = new FinishedTasks<R>(file, lines);
      if (length === 0) finished.#append(run);
      return finished;
    } catch (error) {
      file.close();
      throw error;
    }
  }

  /** How many tasks are finished. */
  get size(): number {
    return this.#results.size;
  }

  #append(line: string): void {
    let rest = new TextEncoder().encode(`${line}\n`);
    while (rest.length > 0) rest = rest.subarray(this.#file.writeSync(rest));
  }

  /**
   * The result of a task, where it is finished.
   *
   * @param task The name of the task.
   */
  get(task: string): R | undefined {
    return this.#results.get(task);
  }

  /**
   * Keeps the result of a task.
   *
   * @param task The name of the task.
   * @param result The result, as JSON can hold it.
   */
  add(task: string, result: R): void {
    this.#results.set(task, result);
    this.#append(JSON.stringify({ task, result }));
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.#file.close();
  }
}
