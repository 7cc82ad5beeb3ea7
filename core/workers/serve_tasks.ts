import type { FromWorker, ToWorker } from "./_messages.ts";

/** The global scope of a worker, as far as it is needed here. */
interface Scope<Start, Task, Result, Ready> {
  onmessage: ((event: { readonly data: ToWorker<Start, Task> }) => void) | null;
  postMessage(message: FromWorker<Result, Ready>, transfer?: Transferable[]): void;
}

/** A worker that is ready for tasks. */
export interface TaskWorker<Task, Result, Ready = void> {
  /** Does one task. */
  work(task: Task): Result | Promise<Result>;
  /**
   * Whether it is at all tasks that it holds at once, where one by one it would wait for something that
   * does several together; answers come in the order of the tasks all the same.
   *
   * @default {false}
   */
  readonly together?: boolean;
  /** What {@linkcode WorkerPool.start} tells. @default {undefined} */
  readonly ready?: Ready;
  /** Whether it holds what has to be closed, as a process that it started. @default {false} */
  readonly holds?: boolean;
}

/** A worker that ended itself would never be heard of again. */
function forbidEnding(): void {
  const refuse = () => {
    throw new Error("A plugin must not end the program");
  };
  Object.defineProperty(globalThis, "close", { value: refuse });
  Object.defineProperty(Deno, "exit", { value: refuse });
}

/**
 * Makes the worker that calls it one of a {@linkcode WorkerPool}: the module of the worker calls
 * this once.
 *
 * @example
 * ```ts ignore
 * import { serveTasks } from "@heatword/core/workers";
 *
 * serveTasks((base: number) => ({ work: (exponent: number) => base ** exponent }));
 * ```
 *
 * @param open Prepares the worker by what the pool was made with. Code that it loads cannot end the
 * worker: `close` and `Deno.exit` throw.
 * @param transfer What of a result is moved instead of copied. @default {nothing}
 * @param close Ends what the worker holds, before it is ended itself, in the middle of a task or of
 * `open`, too. @default {nothing is held}
 */
export function serveTasks<Start, Task, Result, Ready = void>(
  open: (
    start: Start,
  ) => TaskWorker<Task, Result, Ready> | Promise<TaskWorker<Task, Result, Ready>>,
  transfer: (result: Result) => Transferable[] = () => [],
  close: () => void | Promise<void> = () => {},
): void {
  const scope = globalThis as unknown as Scope<Start, Task, Result, Ready>;
  let worker: TaskWorker<Task, Result, Ready> | undefined;
  const work = (task: Task) => worker!.work(task);
  const answer = async (found: () => Promise<void>) => {
    try {
      await found();
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      scope.postMessage({ kind: "failed", name, message });
    }
  };
  const start = async (given: Start) => {
    worker = await open(given);
    const { ready, holds = false } = worker;
    scope.postMessage({ kind: "ready", ready: ready as Ready, holds });
  };
  const tell = (result: Result) => scope.postMessage({ kind: "done", result }, transfer(result));
  forbidEnding();
  // Messages arrive while a task waits for something: tasks are done one after the other, or at least
  // answered so.
  let last = Promise.resolve();
  scope.onmessage = ({ data }) => {
    if (data.kind === "close") {
      // In the middle of whatever is being done.
      Promise.resolve(close()).catch(() => {}).then(() => scope.postMessage({ kind: "closed" }));
      return;
    }
    if (data.kind === "start") return void (last = answer(() => start(data.start)));
    const begun = worker?.together ? Promise.resolve(data.task).then(work) : undefined;
    begun?.catch(() => {});
    last = last.then(() => answer(async () => tell(await (begun ?? worker!.work(data.task)))));
  };
}
