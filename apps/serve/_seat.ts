import type { Answering } from "./_child.ts";
import type { Answer, ChildSetup, Question, ReadyAnswer } from "./_messages.ts";
import { failure, Problem } from "./_problem.ts";

/** Options of a {@linkcode Seat}. */
export interface SeatOptions {
  /** Starts a process. */
  readonly start: () => Promise<Answering>;
  /** What it is set up with. */
  readonly setup: ChildSetup;
  /** How long it may take to be ready, in milliseconds. */
  readonly setupLimit: number;
  /** Called when a process ended that nobody had asked to. */
  readonly lost: (seat: Seat) => void;
}

/** A process that lived this long, in milliseconds, did not fail for a reason of its start. */
const SETTLED = 1000;
/** The first and the longest pause before another try, in milliseconds. */
const FIRST_PAUSE = 200;
const LONGEST_PAUSE = 5000;

/** A place for a process of the pool, which is hired again whenever it ended. */
export class Seat {
  readonly #options: SeatOptions;
  #child: Answering | undefined;
  #ready: Promise<ReadyAnswer> | undefined;
  #ending: Promise<unknown> = Promise.resolve();
  #since = Infinity;
  #failures = 0;
  #closed = false;

  /** Makes a place; it is empty until {@linkcode Seat.ready}. */
  constructor(options: SeatOptions) {
    this.#options = options;
  }

  /** How long to wait before the next try, in milliseconds; grows with failures in a row. */
  get pause(): number {
    return this.#failures < 2
      ? 0
      : Math.min(LONGEST_PAUSE, FIRST_PAUSE * 2 ** (this.#failures - 2));
  }

  /**
   * Waits for a process with the model; hires one if there is none.
   *
   * @returns What it says of the model.
   * @throws {Error} If it does not start, cannot load the model, or takes too long.
   */
  ready(): Promise<ReadyAnswer> {
    return this.#ready ??= this.#factory().catch((error) => {
      this.#failures++;
      this.dismiss();
      throw error;
    });
  }

  async #factory(): Promise<ReadyAnswer> {
    await this.#ending;
    if (this.#closed) throw new Error("The server is shutting down");
    const child = await this.#options.start();
    this.#child = child;
    if (this.#closed) throw new Error("The server is shutting down");
    child.ended.then(() => this.#lose(child), () => this.#lose(child));
    const answer = await this.#setUp(child);
    if (answer.kind === "failed") throw failure(answer);
    if (answer.kind !== "ready") {
      throw new Error("A process that explains answers another question");
    }
    this.#since = performance.now();
    return answer;
  }

  async #setUp(child: Answering): Promise<Answer> {
    const { setup, setupLimit } = this.#options;
    let timer: ReturnType<typeof setTimeout> | undefined;
    const late = new Promise<never>((_, reject) => {
      const why = `A process that explains was not ready within ${setupLimit / 1000} s`;
      timer = setTimeout(() => reject(new Error(why)), setupLimit);
    });
    try {
      return await Promise.race([child.ask({ kind: "setup", setup }), late]);
    } finally {
      clearTimeout(timer);
    }
  }

  #lose(child: Answering): void {
    if (child !== this.#child || this.#closed) return;
    // While it is set up, the question tells.
    if (this.#since === Infinity) return;
    this.#failures = performance.now() - this.#since < SETTLED ? this.#failures + 1 : 0;
    this.dismiss();
    this.#options.lost(this);
  }

  /**
   * Asks the process.
   *
   * @throws {Error} If it ends before it answers.
   */
  async ask(question: Question): Promise<Answer> {
    if (this.#child === undefined) throw new Error("There is no process to ask");
    const answer = await this.#child.ask(question);
    this.#failures = 0;
    return answer;
  }

  /** Ends the process, whatever it does; the place is empty. */
  dismiss(): void {
    const child = this.#child;
    this.#child = undefined;
    this.#ready = undefined;
    this.#since = Infinity;
    if (child) this.#ending = Promise.all([this.#ending, child.end()]).catch(() => {});
  }

  /** Ends the process for good. */
  async close(): Promise<void> {
    this.#closed = true;
    const hiring = this.#ready?.catch(() => {});
    this.dismiss();
    await hiring;
    this.dismiss();
    await this.#ending;
  }
}

/** What a request gets while no process can be had. */
export function noProcess(milliseconds: number): Problem {
  return new Problem(
    503,
    "No process that explains could be started; the server's terminal says why, and it tries again",
    Math.max(1, Math.ceil(milliseconds / 1000)),
  );
}
