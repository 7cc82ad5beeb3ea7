import type { ExplainRequest } from "./_explain_request.ts";
import type { FromWorker, ToWorker, WorkerSetup } from "./_messages.ts";
import { Problem } from "./_problem.ts";

/** Options of a {@linkcode Pool}. */
export interface PoolOptions {
  /** How many workers. */
  readonly size: number;
  /** How long one explanation may take, in milliseconds. */
  readonly timeLimit: number;
  /** How many requests may wait. @default {256} */
  readonly maxWaiting?: number;
  /** What each worker starts with. */
  readonly setup: WorkerSetup;
}

interface Job {
  readonly request: ExplainRequest;
  readonly resolve: (json: string) => void;
  readonly reject: (error: unknown) => void;
}

const script = new URL("./_api_worker.ts", import.meta.url);

function failure({ status, detail }: FromWorker & { kind: "failed" }): Error {
  return status === 500 ? new Error(detail) : new Problem(status, detail);
}

/**
 * Workers that explain, so that a long explanation never keeps the server from answering. One that
 * takes too long is ended and replaced.
 */
export class Pool {
  readonly #options: Required<PoolOptions>;
  readonly #waiting: Job[] = [];
  readonly #idle: Worker[] = [];
  readonly #all = new Set<Worker>();
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
   * @returns The pool, when all workers have the model.
   * @throws {Error} If the model cannot be loaded.
   */
  static async start(options: PoolOptions): Promise<Pool> {
    const pool = new Pool(options);
    try {
      await Promise.all(Array.from({ length: options.size }, () => pool.#hire()));
    } catch (error) {
      pool.close();
      throw error;
    }
    return pool;
  }

  async #hire(): Promise<void> {
    const worker = new Worker(script, { type: "module", name: "heatword explain" });
    this.#all.add(worker);
    const message: ToWorker = { kind: "setup", setup: this.#options.setup };
    worker.postMessage(message);
    const reply = await new Promise<FromWorker>((resolve, reject) => {
      worker.onmessage = ({ data }) => resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        reject(new Error(`Cannot start a worker: ${event.message}`));
      };
    });
    if (reply.kind === "failed") throw failure(reply);
    if (reply.kind === "ready") this.classes = reply.classes;
    this.#next(worker);
  }

  #next(worker: Worker): void {
    if (this.#closed) return;
    const job = this.#waiting.shift();
    if (job === undefined) this.#idle.push(worker);
    else this.#work(worker, job);
  }

  #replace(worker: Worker): void {
    worker.terminate();
    this.#all.delete(worker);
    if (this.#closed) return;
    this.#hire().catch((error) => {
      console.error(`error: ${error.message}`);
      // Without a worker nobody would ever answer.
      if (this.#all.size === 0) for (const job of this.#waiting.splice(0)) job.reject(error);
    });
  }

  #work(worker: Worker, job: Job): void {
    const { timeLimit } = this.#options;
    const timer = setTimeout(() => {
      const { explainer } = job.request;
      job.reject(
        new Problem(
          422,
          `Explaining by "${explainer}" took longer than ${timeLimit / 1000} s: shorten the text, ` +
            "ask for fewer samples, or raise the server's --time-limit",
        ),
      );
      this.#replace(worker);
    }, timeLimit);
    worker.onmessage = ({ data }: MessageEvent<FromWorker>) => {
      clearTimeout(timer);
      if (data.kind === "done") job.resolve(data.json);
      else if (data.kind === "failed") job.reject(failure(data));
      this.#next(worker);
    };
    worker.onerror = (event) => {
      event.preventDefault();
      clearTimeout(timer);
      job.reject(new Error(`A worker failed: ${event.message}`));
      this.#replace(worker);
    };
    const message: ToWorker = { kind: "explain", request: job.request };
    worker.postMessage(message);
  }

  /**
   * Explains, as soon as a worker is free.
   *
   * @param request What to explain, checked.
   * @returns The explanation as JSON.
   * @throws {Problem} 422 if it takes too long or cannot be done, 503 if too many wait already.
   */
  explain(request: ExplainRequest): Promise<string> {
    return new Promise((resolve, reject) => {
      if (this.#closed) return reject(new Problem(503, "The server is about to end"));
      const job = { request, resolve, reject };
      const worker = this.#idle.pop();
      if (worker !== undefined) return this.#work(worker, job);
      if (this.#waiting.length >= this.#options.maxWaiting) {
        return reject(new Problem(503, "Too many requests are waiting: try again in a moment"));
      }
      this.#waiting.push(job);
    });
  }

  /** Ends all workers; what still waits is refused. */
  close(): void {
    this.#closed = true;
    for (const worker of this.#all) worker.terminate();
    this.#all.clear();
    for (const job of this.#waiting.splice(0)) {
      job.reject(new Problem(503, "The server is about to end"));
    }
  }
}
