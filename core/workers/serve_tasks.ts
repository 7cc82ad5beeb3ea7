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
  let worker: TaskWorker<Task, Result, Ready>;
  const answer = async (message: Exclude<ToWorker<Start, Task>, { readonly kind: "close" }>) => {
    try {
      if (message.kind === "start") {
        worker = await open(message.start);
        const { ready, holds = false } = worker;
        return scope.postMessage({ kind: "ready", ready: ready as Ready, holds });
      }
      const result = await worker.work(message.task);
      scope.postMessage({ kind: "done", result }, transfer(result));
    } catch (error) {
      const { name, message } = error instanceof Error ? error : new Error(String(error));
      scope.postMessage({ kind: "failed", name, message });
    }
  };
  forbidEnding();
  // Messages arrive while a task waits for something; tasks are done one after the other.
  let last = Promise.resolve();
  scope.onmessage = ({ data }) => {
    if (data.kind !== "close") {
      last = last.then(() => answer(data));
      return;
    }
    // In the middle of whatever is being done.
    Promise.resolve(close()).catch(() => {}).then(() => scope.postMessage({ kind: "closed" }));
  };
}
