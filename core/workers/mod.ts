/**
 * Workers that do tasks in parallel: a pool that keeps their order, and notices one that fails, hangs
 * or ends; a team of threads that go through the same steps.
 *
 * @module
 */
export * from "./serve_tasks.ts";
export * from "./team.ts";
export * from "./worker_lost.ts";
export * from "./worker_pool.ts";
