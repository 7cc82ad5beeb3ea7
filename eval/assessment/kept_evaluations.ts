import type { DocumentEvaluation } from "../corpus/evaluate_document.ts";
import type { KeptEvaluations } from "../experiments/evaluation_pool.ts";
import { FinishedTasks } from "../finished_tasks/mod.ts";

/** Numbers as JSON has them: what is not a number is null there. */
const plain = (values: ArrayLike<number> | undefined) => values && Array.from(values);
const numbers = (values: readonly (number | null)[]) => values.map((value) => value ?? NaN);

function toPlain({ scores, residuals, flags, changes, said, ...rest }: DocumentEvaluation) {
  return {
    ...rest,
    scores: plain(scores)!,
    isFloat32: scores instanceof Float32Array,
    residuals: plain(residuals)!,
    flags: plain(flags),
    changes: plain(changes),
    said: said && { targets: said.targets, relevance: plain(said.relevance)! },
  };
}

function fromPlain(line: ReturnType<typeof toPlain>): DocumentEvaluation {
  const { scores, isFloat32, residuals, flags, changes, said, ...rest } = line;
  return {
    ...rest,
    scores: isFloat32 ? Float32Array.from(scores) : Float64Array.from(scores),
    residuals: Float64Array.from(numbers(residuals)),
    ...(flags && { flags: Uint8Array.from(flags) }),
    ...(changes && { changes: Float64Array.from(changes) }),
    ...(said && {
      said: { targets: said.targets, relevance: Float32Array.from(said.relevance) },
    }),
  };
}

/** What the task is called that begins with a document. */
const nameOf = (first: number) => `text ${first}`;

/** What was evaluated, kept in a file, so that a run that was stopped goes on. */
export class EvaluationsFile implements KeptEvaluations, Disposable {
  readonly #file: FinishedTasks<readonly ReturnType<typeof toPlain>[]>;

  private constructor(file: FinishedTasks<readonly ReturnType<typeof toPlain>[]>) {
    this.#file = file;
  }

  /**
   * Opens the file, or begins it.
   *
   * @param path The file.
   * @param run What tells this run from others, in one line.
   * @throws {Deno.errors.Busy} If another process is at it.
   */
  static async open(path: string, run: string): Promise<EvaluationsFile> {
    return new EvaluationsFile(await FinishedTasks.open(path, run));
  }

  /** Whether something is there already. */
  get size(): number {
    return this.#file.size;
  }

  /** Gives what is kept. */
  get(first: number): readonly DocumentEvaluation[] | undefined {
    return this.#file.get(nameOf(first))?.map(fromPlain);
  }

  /** Keeps what was evaluated. */
  add(first: number, evaluations: readonly DocumentEvaluation[]): void {
    this.#file.add(nameOf(first), evaluations.map(toPlain));
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.#file[Symbol.dispose]();
  }
}
