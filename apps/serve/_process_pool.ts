import { type Answering, Child } from "./_child.ts";
import type { ExplainRequest } from "./_explain_request.ts";
import { Halt } from "./_halt.ts";
import type { Answer, ChildSetup, ReadyAnswer } from "./_messages.ts";
import { failure, Problem } from "./_problem.ts";
import { noProcess, Seat } from "./_seat.ts";

/** Options of a {@linkcode ProcessPool}. */
export interface ProcessPoolOptions {
  /** How many requests are answered at once. */
  readonly size: number;
  /**
   * How many more processes stand by, so that nobody waits for the start of one when one had to be
   * ended. @default {1}
   */
  readonly spare?: number;
  /** How long one explanation may take, in milliseconds. */
  readonly timeLimit: number;
  /** How many requests may wait, not counting those that wait until their turn. @default {128} */
  readonly maxWaiting?: number;
  /** How long one of these may wait until its explanation begins, in milliseconds. @default {10_000} */
  readonly waitLimit?: number;
  /** How long a process may take to have the model, in milliseconds. @default {120_000} */
  readonly setupLimit?: number;
  /** What each process starts with. */
  readonly setup: ChildSetup;
  /** Starts a process. @default {Child.start} */
  readonly start?: () => Promise<Answering>;
}

/** How long a request waits: a while if there is room, or until its turn, however many others wait. */
export type Waiting = "a while" | "until its turn";

interface Job {
  readonly request: ExplainRequest;
  readonly waiting: Waiting;
  readonly signal: AbortSignal | undefined;
  readonly resolve: (json: string) => void;
  readonly reject: (error: unknown) => void;
  /** Stops the waiting. */
  readonly taken: () => void;
}

/** How many processes may end at one request before it is given up. */
const TRIES = 3;

/** How long a computation may go on once its request is gone: most are done by then. */
const GRACE = 100;

const aboutToEnd = () => new Problem(503, "The server is shutting down");
const gone = () => new Problem(499, "The client closed the connection");

function tookTooLong({ explainer }: ExplainRequest, limit: number): Problem {
  return new Problem(
    422,
    `Explaining by "${explainer}" took longer than ${limit / 1000} s: shorten the text, ask for ` +
      "fewer samples, or raise the server's --time-limit",
  );
}

/**
 * Processes that explain, so that a long explanation never keeps the server from answering. One
 * that takes too long, or whose request is gone, is ended and replaced; so is one that ends by
 * itself, and its request is put to the next.
 */
export class ProcessPool {
  readonly #options: Required<ProcessPoolOptions>;
  readonly #waiting = new Set<Job>();
  readonly #seats: readonly Seat[];
  readonly #idle = new Set<Seat>();
  /** Those where no process could be started, and when that is tried again. */
  readonly #failing = new Map<Seat, number>();
  readonly #closing = Promise.withResolvers<void>();
  #working = 0;
  #closed = false;
  /** What is known of the model. */
  about: Omit<ReadyAnswer, "kind"> = { classes: [], explainer: "lrp", notes: [] };

  private constructor(options: ProcessPoolOptions) {
    this.#options = {
      spare: 1,
      maxWaiting: 128,
      waitLimit: 10_000,
      setupLimit: 120_000,
      start: Child.start,
      ...options,
    };
    const { size, spare, start, setup, setupLimit } = this.#options;
    const lost = (seat: Seat) => this.#lost(seat);
    this.#seats = Array.from(
      { length: size + spare },
      () => new Seat({ start, setup, setupLimit, lost }),
    );
  }

  /**
   * Starts a pool.
   *
   * @param options Size, limits, model.
   * @returns The pool, when as many processes as may work at once have the model.
   * @throws {Error} If the model cannot be loaded.
   */
  static async start(options: ProcessPoolOptions): Promise<ProcessPool> {
    const pool = new ProcessPool(options);
    const first = pool.#seats.slice(0, options.size);
    try {
      const [about] = await Promise.all(first.map((seat) => seat.ready()));
      pool.about = about!;
    } catch (error) {
      await pool.close();
      throw error;
    }
    for (const seat of pool.#seats) {
      if (first.includes(seat)) pool.#idle.add(seat);
      else pool.#free(seat);
    }
    return pool;
  }

  /** How many requests are answered at once. */
  get size(): number {
    return this.#options.size;
  }

  /** An idle process ended. */
  #lost(seat: Seat): void {
    // One that works tells by its answer.
    if (!this.#idle.delete(seat)) return;
    console.error("error: A process that explains ended; another takes its place");
    this.#free(seat);
  }

  /** Fills a place with a process, which may take the next job. */
  async #free(seat: Seat): Promise<void> {
    while (!this.#closed) {
      try {
        await this.#pause(seat.pause);
        if (this.#closed) return;
        await seat.ready();
        this.#failing.delete(seat);
        this.#idle.add(seat);
        return this.#next();
      } catch (error) {
        if (this.#closed) return;
        console.error(`error: ${(error as Error).message}`);
        this.#failing.set(seat, performance.now() + seat.pause);
        this.#refuseIfNobodyCan();
      }
    }
  }

  #pause(milliseconds: number): Promise<void> {
    if (milliseconds === 0) return Promise.resolve();
    const { promise, resolve } = Promise.withResolvers<void>();
    const timer = setTimeout(resolve, milliseconds);
    return Promise.race([promise, this.#closing.promise]).finally(() => clearTimeout(timer));
  }

  /** Without a process nobody would ever answer those that wait. */
  #refuseIfNobodyCan(): void {
    const problem = this.#nobodyCan();
    if (problem) { for (const job of this.#waiting) this.#drop(job, problem); }
  }

  #nobodyCan(): Problem | undefined {
    if (this.#failing.size < this.#seats.length) return undefined;
    return noProcess(Math.min(...this.#failing.values()) - performance.now());
  }

  #waitingAWhile(): number {
    return this.#waiting.values().filter(({ waiting }) => waiting === "a while").toArray().length;
  }

  /** Gives jobs to idle processes, as many as may work at once. */
  #next(): void {
    while (this.#working < this.#options.size) {
      const [job] = this.#waiting;
      const [seat] = this.#idle;
      if (job === undefined || seat === undefined) return;
      this.#waiting.delete(job);
      this.#idle.delete(seat);
      job.taken();
      this.#work(seat, job);
    }
  }

  /** Refuses a job that waits. */
  #drop(job: Job, problem: Problem): void {
    if (!this.#waiting.delete(job)) return;
    job.taken();
    job.reject(problem);
  }

  async #work(seat: Seat, { request, signal, resolve, reject }: Job): Promise<void> {
    const { timeLimit: limit } = this.#options;
    const late = () => tookTooLong(request, limit);
    this.#working++;
    const halt = new Halt({ limit, late, signal, grace: GRACE, gone });
    try {
      resolve(await this.#answer(seat, request, halt));
    } catch (error) {
      reject(this.#closed ? aboutToEnd() : error);
    } finally {
      halt.clear();
      this.#working--;
    }
    // Another may stand by while this place gets a new process.
    this.#next();
    await this.#free(seat);
  }

  /** Waits until a place has a process. */
  async #filled(seat: Seat): Promise<void> {
    try {
      await seat.ready();
    } catch (error) {
      console.error(`error: ${(error as Error).message}`);
      throw noProcess(seat.pause);
    }
  }

  async #answer(seat: Seat, request: ExplainRequest, halt: Halt): Promise<string> {
    for (let i = 0; i < TRIES; i++) {
      await halt.race(this.#filled(seat));
      let answer: Answer;
      try {
        answer = await halt.race(seat.ask({ kind: "explain", request }));
      } catch (error) {
        seat.dismiss();
        if (halt.error || this.#closed) throw halt.error ?? aboutToEnd();
        console.error(`error: ${(error as Error).message}`);
        continue;
      }
      if (answer.kind === "failed") throw failure(answer);
      if (answer.kind === "done") return answer.json;
    }
    throw new Problem(503, "The processes that explained this ended: try again in a moment");
  }

  /**
   * Explains, as soon as a process is free.
   *
   * @param request What to explain, checked.
   * @param signal Aborted when nobody waits for the answer any more: the request is forgotten, and
   * a computation for it is ended.
   * @param waiting How long it may wait. Who lets one wait until its turn bounds how many do: each of
   * those in front of it is over after the time that an explanation may take. @default {"a while"}
   * @returns The explanation as JSON.
   * @throws {Problem} 422 if it takes too long or cannot be done, 503 if too many wait already, it
   * has waited too long, or no process can be had.
   */
  explain(
    request: ExplainRequest,
    signal?: AbortSignal,
    waiting: Waiting = "a while",
  ): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(aboutToEnd());
      if (signal?.aborted) return reject(gone());
      const problem = this.#nobodyCan();
      if (problem) return reject(problem);
      const { maxWaiting, waitLimit } = this.#options;
      const waits = waiting === "until its turn";
      const canBegin = this.#idle.size > 0 && this.#working < this.#options.size;
      if (!waits && !canBegin && this.#waitingAWhile() >= maxWaiting) {
        return reject(new Problem(503, "Too many requests are waiting: try again in a moment"));
      }
      const why = `Others were still being answered after ${waitLimit / 1000} s: try again later`;
      const late = () => this.#drop(job, new Problem(503, why));
      const timer = waits ? undefined : setTimeout(late, waitLimit);
      const leave = () => this.#drop(job, gone());
      signal?.addEventListener("abort", leave);
      const taken = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", leave);
      };
      const job: Job = { request, waiting, signal, resolve, reject, taken };
      this.#waiting.add(job);
      this.#next();
    });
  }

  /** Ends all processes; what still waits is refused. */
  async close(): Promise<void> {
    this.#closed = true;
    this.#closing.resolve();
    for (const job of this.#waiting) this.#drop(job, aboutToEnd());
    await Promise.all(this.#seats.map((seat) => seat.close()));
    this.#idle.clear();
  }
}
