/**
 * What a long run has finished, kept in a file, so that a run that was stopped goes on.
 *
 * @module
 */
export * from "./finished_tasks.ts";
