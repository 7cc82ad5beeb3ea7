/** What a worker of a pool receives: once how to start, then tasks, and once that it is to close. */
export type ToWorker<Start, Task> =
  | { readonly kind: "start"; readonly start: Start }
  | { readonly kind: "task"; readonly task: Task }
  | { readonly kind: "close" };

/**
 * What it answers: once that it is ready, and whether it holds what has to be closed, then one answer
 * per task, in their order; and that all is closed.
 */
export type FromWorker<Result, Ready> =
  | { readonly kind: "ready"; readonly ready: Ready; readonly holds: boolean }
  | { readonly kind: "done"; readonly result: Result }
  | { readonly kind: "failed"; readonly name: string; readonly message: string }
  | { readonly kind: "closed" };
