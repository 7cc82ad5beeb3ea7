import type { FromWorker, ToWorker } from "./_messages.ts";
import { WorkerLost } from "./worker_lost.ts";

/** What a {@linkcode WorkerClient} needs. */
export interface WorkerClientOptions<Start, Task> {
  /** Makes the worker. */
  readonly worker: () => Worker;
  /** What it starts with. */
  readonly start: Start;
  /** How long it may take to start, in milliseconds. */
  readonly startLimit: number;
  /** How long it may take for a task, in milliseconds. */
  readonly timeLimit: number;
  /** What of a task is moved instead of copied. */
  readonly transfer: (task: Task) => Transferable[];
  /** Makes an error of the name and message of one in the worker. */
  readonly restoreError: (name: string, message: string) => Error;
}

/** A task, and who waits for its result. */
export interface Job<Task, Result> {
  /** The task. */
  readonly task: Task;
  /** Takes the result. */
  readonly resolve: (result: Result) => void;
  /** Takes the reason why there is none. */
  readonly reject: (error: unknown) => void;
}

/** The longest time that `setTimeout` can wait. */
const FOREVER = 2 ** 31 - 1;

/**
 * How long the answers that a worker gave before it failed may be on their way, in milliseconds: its
 * error can overtake them, and a task that was done would be taken for the one that failed.
 */
const LAST_ANSWERS = 20;

/** How long a worker may take to close what it holds, in milliseconds. */
const CLOSING = 4000;

/** One worker, and the tasks that it was given and has not done. */
export class WorkerClient<Start, Task, Result, Ready> {
  readonly #options: WorkerClientOptions<Start, Task>;
  readonly #worker: Worker;
  readonly #opened = Promise.withResolvers<Ready>();
  #jobs: Job<Task, Result>[] = [];
  #timer: ReturnType<typeof setTimeout> | undefined;
  #failing: ReturnType<typeof setTimeout> | undefined;
  /** Whether it holds what has to be closed; it may, as long as it has not said. */
  #holds = true;
  #ended: Promise<void> | undefined;
  /** Called with the tasks that the worker had not begun, when it is lost with one that it had. */
  onLost: (left: readonly Job<Task, Result>[], error: WorkerLost) => void = () => {};
  /** Whether it can take tasks. */
  ready = false;

  /** Starts the worker. */
  constructor(options: WorkerClientOptions<Start, Task>) {
    this.#options = options;
    this.#worker = options.worker();
    this.#worker.onmessage = ({ data }: MessageEvent<FromWorker<Result, Ready>>) =>
      this.#take(data);
    this.#worker.onerror = (event) => {
      event.preventDefault();
      const lose = () => this.#lose("failed", `A worker failed: ${event.message}`);
      this.#failing ??= setTimeout(lose, LAST_ANSWERS);
    };
    this.#worker.onmessageerror = () => this.#lose("failed", "A worker's answer cannot be read");
    this.#opened.promise.catch(() => {});
    this.#post({ kind: "start", start: options.start });
    this.#watch(options.startLimit, "start");
  }

  /** How many tasks it has not done. */
  get load(): number {
    return this.#jobs.length;
  }

  /** Resolves when the worker can take tasks, to what it tells about itself. */
  opened(): Promise<Ready> {
    return this.#opened.promise;
  }

  /** Gives it a task. */
  call(job: Job<Task, Result>): void {
    try {
      this.#post({ kind: "task", task: job.task }, this.#options.transfer(job.task));
    } catch (error) {
      return job.reject(error);
    }
    this.#jobs.push(job);
    if (this.#jobs.length === 1) this.#watch(this.#options.timeLimit, "answer");
  }

  /**
   * Ends the worker; nobody hears of its tasks any more.
   *
   * @returns When it has closed what it held, and is no more.
   */
  end(): Promise<void> {
    return this.#ended ??= this.#end();
  }

  async #end(): Promise<void> {
    clearTimeout(this.#timer);
    clearTimeout(this.#failing);
    this.#worker.onmessage = this.#worker.onerror = this.#worker.onmessageerror = null;
    this.#jobs = [];
    if (this.#holds) await this.#closed();
    this.#worker.terminate();
  }

  /** Has the worker close what it holds; one that does not answer is not waited for long. */
  #closed(): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, CLOSING);
      const done = () => {
        clearTimeout(timer);
        resolve();
      };
      this.#worker.onmessage = ({ data }: MessageEvent<FromWorker<Result, Ready>>) => {
        if (data.kind === "closed" || data.kind === "ready" && !data.holds) done();
      };
      this.#worker.onerror = (event) => {
        event.preventDefault();
        done();
      };
      this.#post({ kind: "close" });
    });
  }

  #post(message: ToWorker<Start, Task>, transfer: Transferable[] = []): void {
    this.#worker.postMessage(message, transfer);
  }

  #watch(limit: number, what: string): void {
    clearTimeout(this.#timer);
    if (limit > FOREVER) return;
    const late = `A worker did not ${what} within ${limit / 1000} seconds`;
    this.#timer = setTimeout(() => this.#lose("late", late), limit);
  }

  #take(answer: FromWorker<Result, Ready>): void {
    clearTimeout(this.#timer);
    if (!this.ready) {
      if (answer.kind === "failed") {
        this.end();
        return this.#opened.reject(this.#errorOf(answer));
      }
      if (answer.kind !== "ready") return;
      this.ready = true;
      this.#holds = answer.holds;
      return this.#opened.resolve(answer.ready);
    }
    const job = this.#jobs.shift();
    if (this.#jobs.length > 0) this.#watch(this.#options.timeLimit, "answer");
    if (answer.kind === "done") job?.resolve(answer.result);
    else if (answer.kind === "failed") job?.reject(this.#errorOf(answer));
  }

  #errorOf({ name, message }: { readonly name: string; readonly message: string }): Error {
    return this.#options.restoreError(name, message);
  }

  #lose(reason: "failed" | "late", message: string): void {
    const [begun, ...left] = this.#jobs;
    const error = new WorkerLost(reason, message);
    // One that failed is no more.
    if (reason === "failed") this.#holds = false;
    this.end();
    if (!this.ready) return this.#opened.reject(error);
    this.onLost(left, error);
    begun?.reject(error);
  }
}
