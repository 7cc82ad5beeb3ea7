/**
 * A model gives no answers any more: a server that cannot be reached, a program that ended, requests
 * that are used up. Nothing is wrong with the text that was to be scored, and with the next one it
 * would be the same.
 *
 * @example
 * ```ts
 * import { isUnavailable, ModelUnavailable } from "@heatword/core";
 * import { assert } from "@std/assert";
 *
 * assert(isUnavailable(new ModelUnavailable("The server is gone")));
 * assert(!isUnavailable(new TypeError("No such text")));
 * ```
 */
export class ModelUnavailable extends Error {
  /** By which other code tells it, on the other side of a worker too. */
  override readonly name: string = "ModelUnavailable";
}

/**
 * Whether an error is a {@linkcode ModelUnavailable}, of this thread or as another one told it.
 *
 * @param error What was thrown.
 */
export function isUnavailable(error: unknown): boolean {
  return error instanceof Error && error.name === "ModelUnavailable";
}
