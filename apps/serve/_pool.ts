import { Child } from "./_child.ts";
import type { ExplainRequest } from "./_explain_request.ts";
import type { Answer, ChildSetup } from "./_messages.ts";
import { Problem } from "./_problem.ts";

/** Options of a {@linkcode Pool}. */
export interface PoolOptions {
  /** How many processes. */
  readonly size: number;
  /** How long one explanation may take, in milliseconds. */
  readonly timeLimit: number;
  /** How many requests may wait. @default {256} */
  readonly maxWaiting?: number;
  /** What each process starts with. */
  readonly setup: ChildSetup;
}

interface Job {
  readonly request: ExplainRequest;
  readonly resolve: (json: string) => void;
  readonly reject: (error: unknown) => void;
}

function failure({ status, detail }: Answer & { kind: "failed" }): Error {
  return status === 500 ? new Error(detail) : new Problem(status, detail);
}

const aboutToEnd = () => new Problem(503, "The server is about to end");

/**
 * Processes that explain, so that a long explanation never keeps the server from answering. One
 * that takes too long is ended and replaced.
 */
export class Pool {
  readonly #options: Required<PoolOptions>;
  readonly #waiting: Job[] = [];
  readonly #idle: Child[] = [];
  readonly #all = new Set<Child>();
  #closed = false;
  /** The classes of the model. */
  classes: readonly string[] = [];

  private constructor(options: PoolOptions) {
    this.#options = { maxWaiting: 256, ...options };
  }

  /**
   * Starts a pool.
   *
   * @param options Size, limits, model.
   * @returns The pool, when all processes have the model.
   * @throws {Error} If the model cannot be loaded.
   */
  static async start(options: PoolOptions): Promise<Pool> {
    const pool = new Pool(options);
    try {
      await Promise.all(Array.from({ length: options.size }, () => pool.#hire()));
    } catch (error) {
      await pool.close();
      throw error;
    }
    return pool;
  }

  async #hire(): Promise<void> {
    const child = await Child.start();
    this.#all.add(child);
    const answer = await child.ask({ kind: "setup", setup: this.#options.setup });
    if (answer.kind === "failed") throw failure(answer);
    if (answer.kind === "ready") this.classes = answer.classes;
    this.#next(child);
  }

  #next(child: Child): void {
    if (this.#closed) return;
    const job = this.#waiting.shift();
    if (job === undefined) this.#idle.push(child);
    else this.#work(child, job);
  }

  async #replace(child: Child): Promise<void> {
    this.#all.delete(child);
    await child.end();
    if (this.#closed) return;
    try {
      await this.#hire();
    } catch (error) {
      console.error(`error: ${(error as Error).message}`);
      // Without a process nobody would ever answer.
      if (this.#all.size === 0) { for (const job of this.#waiting.splice(0)) job.reject(error); }
    }
  }

  async #work(child: Child, job: Job): Promise<void> {
    const { timeLimit } = this.#options;
    const { request, resolve, reject } = job;
    let late = false;
    const timer = setTimeout(() => {
      late = true;
      reject(
        new Problem(
          422,
          `Explaining by "${request.explainer}" took longer than ${timeLimit / 1000} s: shorten ` +
            "the text, ask for fewer samples, or raise the server's --time-limit",
        ),
      );
      this.#replace(child);
    }, timeLimit);
    try {
      const answer = await child.ask({ kind: "explain", request });
      if (late) return;
      if (answer.kind === "done") resolve(answer.json);
      else if (answer.kind === "failed") reject(failure(answer));
      this.#next(child);
    } catch (error) {
      if (late) return;
      reject(this.#closed ? aboutToEnd() : error);
      if (!this.#closed) await this.#replace(child);
    } finally {
      clearTimeout(timer);
    }
  }

  /**
   * Explains, as soon as a process is free.
   *
   * @param request What to explain, checked.
   * @returns The explanation as JSON.
   * @throws {Problem} 422 if it takes too long or cannot be done, 503 if too many wait already.
   */
  explain(request: ExplainRequest): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(aboutToEnd());
      const job = { request, resolve, reject };
      const child = this.#idle.pop();
      if (child !== undefined) this.#work(child, job);
      else if (this.#waiting.length < this.#options.maxWaiting) this.#waiting.push(job);
      else reject(new Problem(503, "Too many requests are waiting: try again in a moment"));
    });
  }

  /** Ends all processes; what still waits is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    for (const job of this.#waiting.splice(0)) job.reject(aboutToEnd());
    await Promise.all([...this.#all].map((child) => child.end()));
    this.#all.clear();
  }
}
