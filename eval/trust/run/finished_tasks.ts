import type { TrustResult, TrustTask } from "./messages.ts";

/** What a task is called in the file. */
export function nameOfTask({ index, hybrid }: Pick<TrustTask, "index" | "hybrid">): string {
  return `${hybrid === undefined ? "text" : "hybrid"} ${index}`;
}

/** A line of the file. */
interface Line<Result> {
  readonly task: string;
  readonly result: Result;
}

/** The lines of a run that was stopped, and how long they are; what follows was never finished. */
function parse<Result>(text: string, run: string): { lines: Line<Result>[]; length: number } {
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
export class FinishedTasks<Task = TrustTask, Result = TrustResult> implements Disposable {
  readonly #file: Deno.FsFile;
  readonly #nameOf: (task: Task) => string;
  readonly #results: Map<string, Result>;

  private constructor(
    file: Deno.FsFile,
    lines: readonly Line<Result>[],
    nameOf: (task: Task) => string,
  ) {
    this.#file = file;
    this.#nameOf = nameOf;
    this.#results = new Map(lines.map(({ task, result }) => [task, result]));
  }

  /**
   * Opens the file, or begins it.
   *
   * @param path The file.
   * @param run What tells this run from others, in one line.
   * @param nameOf What a task is called in the file.
   * @throws {Deno.errors.Busy} If another process is at it.
   */
  static async open<Task, Result>(
    path: string,
    run: string,
    nameOf: (task: Task) => string,
  ): Promise<FinishedTasks<Task, Result>> {
    const file = await Deno.open(path, { read: true, write: true, create: true });
    try {
      if (!await file.tryLock(true)) {
        throw new Deno.errors.Busy(`Another process is measuring into "${path}"`);
      }
      const { lines, length } = parse<Result>(await Deno.readTextFile(path), run);
      await file.truncate(length);
      await file.seek(length, Deno.SeekMode.Start);
      const finished = new FinishedTasks<Task, Result>(file, lines, nameOf);
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

  /** The result of a task, where it is finished. */
  get(task: Task): Result | undefined {
    return this.#results.get(this.#nameOf(task));
  }

  /** Keeps the result of a task. */
  add(task: Task, result: Result): void {
    const name = this.#nameOf(task);
    this.#results.set(name, result);
    this.#append(JSON.stringify({ task: name, result }));
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.#file.close();
  }
}
