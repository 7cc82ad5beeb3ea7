import { Signal } from "./_signal.ts";
import { type Job, WorkerClient } from "./_worker_client.ts";
import { WorkerLost } from "./worker_lost.ts";

/** Options of a {@linkcode WorkerPool}. */
export interface WorkerPoolOptions<Start, Task, Result> {
  /** Makes a worker whose module calls {@linkcode serveTasks}. */
  readonly worker: () => Worker;
  /** What each worker starts with. */
  readonly start: Start;
  /** How many workers there may be. */
  readonly size: number;
  /**
   * How many tasks a worker may hold, the one it is at among them: with more than one it need not
   * wait for the next. @default {1}
   */
  readonly ahead?: number;
  /**
   * How many tasks may be taken whose results nobody has taken yet. @default {`size` × `ahead`}
   */
  readonly maxOutstanding?: number;
  /** How long a worker may take to start, in milliseconds. @default {120_000} */
  readonly startLimit?: number;
  /** How long a task may take, in milliseconds. @default {any time} */
  readonly timeLimit?: number;
  /** What of a task is moved instead of copied. @default {nothing} */
  readonly transfer?: (task: Task) => Transferable[];
  /** Makes an error of the name and message of one in a worker. @default {an `Error`} */
  readonly restoreError?: (name: string, message: string) => Error;
  /**
   * The result of the task at which a worker was lost; another worker takes its place. It may throw
   * to end the run. @default {throws the error}
   */
  readonly onLost?: (task: Task, error: WorkerLost) => Result;
}

/** Options of {@linkcode WorkerPool.run}. */
export interface RunOptions {
  /** Whether results come in the order of the tasks, not as soon as they are there. @default {true} */
  readonly ordered?: boolean;
  /** Ends the run, and the workers that are at a task. */
  readonly signal?: AbortSignal;
}

/** A task and its result. */
export interface TaskResult<Task, Result> {
  /** Which task, from 0. */
  readonly index: number;
  /** The task. */
  readonly task: Task;
  /** Its result. */
  readonly result: Result;
}

/** How a task ended. */
type Outcome<Result> = { readonly result: Result } | { readonly error: unknown };

/**
 * Workers that do tasks. Every task depends on nothing but itself and what the workers started with,
 * so how many workers there are makes no difference to what comes out. A worker starts when there is
 * work for it.
 *
 * @example
 * ```ts ignore
 * import { WorkerPool } from "@heatword/core/workers";
 *
 * using pool = new WorkerPool<number, number, number>({
 *   worker: () => new Worker(new URL("./power_worker.ts", import.meta.url), { type: "module" }),
 *   start: 2,
 *   size: 4,
 * });
 * for await (const { result } of pool.run([1, 2, 3])) console.log(result);
 * ```
 */
export class WorkerPool<Start, Task, Result, Ready = void> implements Disposable, AsyncDisposable {
  readonly #options: Required<WorkerPoolOptions<Start, Task, Result>>;
  readonly #clients = new Set<WorkerClient<Start, Task, Result, Ready>>();
  readonly #waiting: Job<Task, Result>[] = [];
  readonly #changed = new Signal();
  #failure: { readonly error: unknown } | undefined;
  #running = false;
  #timedOut = 0;
  /** Workers that are about to end. */
  readonly #ending = new Set<Promise<void>>();

  /** Makes a pool. */
  constructor(options: WorkerPoolOptions<Start, Task, Result>) {
    const ahead = options.ahead ?? 1;
    this.#options = {
      ahead,
      maxOutstanding: options.size * ahead,
      startLimit: 120_000,
      timeLimit: Infinity,
      transfer: () => [],
      restoreError: (_, message) => new Error(message),
      onLost: (_, error) => {
        throw error;
      },
      ...options,
    };
  }

  /**
   * How many workers gave no answer in time. Ending a worker does not stop what it computes, so each
   * of them may keep a core busy, and the program from ending by itself.
   */
  get timedOut(): number {
    return this.#timedOut;
  }

  /**
   * Starts one worker, unless there is one, to learn whether workers can start at all.
   *
   * @returns What the worker tells about itself.
   * @throws {Error} If it cannot start.
   */
  async start(): Promise<Ready> {
    if (this.#clients.size === 0) this.#hire();
    const [client] = this.#clients;
    return await client!.opened();
  }

  /**
   * Does tasks.
   *
   * @param tasks The tasks; each is taken when its turn comes.
   * @param options Order and how to abort.
   * @returns Each task with its result. Leaving the loop ends what is not done.
   * @throws {Error} If a task fails, its worker is lost, a worker cannot start, or `tasks` throws; in
   * order, after the results of all tasks before it.
   */
  async *run(
    tasks: Iterable<Task> | AsyncIterable<Task>,
    { ordered = true, signal }: RunOptions = {},
  ): AsyncGenerator<TaskResult<Task, Result>> {
    if (this.#running) throw new Error("A pool of workers runs one list of tasks at a time");
    this.#running = true;
    const wake = () => this.#changed.wake();
    signal?.addEventListener("abort", wake);
    const outcomes = new Map<number, Outcome<Result> & { readonly task: Task }>();
    let given = 0;
    let taken = 0;
    let end: { readonly error?: unknown } | undefined;
    const feed = async () => {
      for await (const task of tasks) {
        while (given - taken >= this.#options.maxOutstanding && !end) await this.#changed.wait();
        if (end) return;
        const index = given++;
        this.#submit(task, (outcome) => {
          outcomes.set(index, { task, ...outcome });
          wake();
        });
      }
    };
    feed().then(() => end ??= {}, (error) => end ??= { error }).then(wake);
    try {
      while (true) {
        signal?.throwIfAborted();
        const index = ordered ? taken : outcomes.keys().next().value;
        const outcome = index === undefined ? undefined : outcomes.get(index);
        if (outcome) {
          outcomes.delete(index!);
          taken++;
          wake();
          if ("error" in outcome) throw outcome.error;
          yield { index: index!, task: outcome.task, result: outcome.result };
        } else if (taken === given && (this.#failure ?? end)) {
          const over = this.#failure ?? end!;
          if ("error" in over) throw over.error;
          return;
        } else await this.#changed.wait();
      }
    } finally {
      signal?.removeEventListener("abort", wake);
      end ??= {};
      this.#dropTasks();
      this.#running = false;
      wake();
    }
  }

  /** Ends all workers; what they hold they close on their way. */
  [Symbol.dispose](): void {
    for (const client of this.#clients) this.#end(client);
  }

  /** Ends all workers, and waits until they have closed what they held. */
  async [Symbol.asyncDispose](): Promise<void> {
    this[Symbol.dispose]();
    await Promise.all(this.#ending);
  }

  #end(client: WorkerClient<Start, Task, Result, Ready>): void {
    this.#clients.delete(client);
    const ending = client.end();
    this.#ending.add(ending);
    ending.finally(() => this.#ending.delete(ending));
  }

  #submit(task: Task, settle: (outcome: Outcome<Result>) => void): void {
    const outcomeOf = (error: unknown): Outcome<Result> => {
      if (!(error instanceof WorkerLost)) return { error };
      try {
        return { result: this.#options.onLost(task, error) };
      } catch (error) {
        return { error };
      }
    };
    const settleAndGoOn = (outcome: Outcome<Result>) => {
      settle(outcome);
      this.#dispatch();
    };
    this.#waiting.push({
      task,
      resolve: (result) => settleAndGoOn({ result }),
      reject: (error) => settleAndGoOn(outcomeOf(error)),
    });
    this.#dispatch();
  }

  /** Hands out the tasks that wait, and starts workers for those that nobody can take at once. */
  #dispatch(): void {
    if (this.#failure) {
      for (const job of this.#waiting.splice(0)) job.reject(this.#failure.error);
      return;
    }
    while (this.#waiting.length > 0) {
      const ready = [...this.#clients].filter((client) => client.ready);
      const client = ready.reduce<typeof ready[0] | undefined>(
        (min, one) => min && min.load <= one.load ? min : one,
        undefined,
      );
      if (client?.load !== 0) {
        const starting = () => this.#clients.size - ready.length;
        while (this.#clients.size < this.#options.size && starting() < this.#waiting.length) {
          this.#hire();
        }
      }
      if (!client || client.load >= this.#options.ahead) return;
      client.call(this.#waiting.shift()!);
    }
  }

  #hire(): void {
    const client = new WorkerClient<Start, Task, Result, Ready>(this.#options);
    this.#clients.add(client);
    const forget = (error: unknown) => {
      if (error instanceof WorkerLost && error.reason === "late") this.#timedOut++;
      this.#end(client);
    };
    client.onLost = (left, error) => {
      forget(error);
      this.#waiting.unshift(...left);
      this.#dispatch();
    };
    client.opened().then(() => this.#dispatch(), (error) => {
      forget(error);
      this.#failure ??= { error };
      this.#dispatch();
      this.#changed.wake();
    });
  }

  /** Forgets all tasks, and ends the workers that are at one. */
  #dropTasks(): void {
    this.#waiting.length = 0;
    for (const client of this.#clients) {
      if (client.load > 0) this.#end(client);
    }
  }
}
