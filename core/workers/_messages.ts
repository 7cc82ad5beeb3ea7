/** What a worker of a pool receives: once how to start, then tasks. */
export type ToWorker<Start, Task> =
  | { readonly kind: "start"; readonly start: Start }
  | { readonly kind: "task"; readonly task: Task };

/** What it answers: once that it is ready, then one answer per task, in their order. */
export type FromWorker<Result, Ready> =
  | { readonly kind: "ready"; readonly ready: Ready }
  | { readonly kind: "done"; readonly result: Result }
  | { readonly kind: "failed"; readonly name: string; readonly message: string };
