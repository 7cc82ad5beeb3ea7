/**
 * Workers that do tasks in parallel: a pool that keeps their order, and notices one that fails, hangs
 * or ends.
 *
 * @module
 */
export * from "./serve_tasks.ts";
export * from "./worker_lost.ts";
export * from "./worker_pool.ts";
