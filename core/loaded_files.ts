/**
 * Which files outside the project were loaded: plugins and models, whose errors are told with their
 * place.
 *
 * @module
 */

/** The modules by their addresses, as they were named. */
const files = new Map<string, string>();

/**
 * Remembers a module that was loaded.
 *
 * @param url Its address.
 * @param name As it was named.
 */
export function rememberLoaded(url: string, name: string): void {
  files.set(url, name);
}

/**
 * Where in a loaded file an error comes from.
 *
 * @param error The error.
 * @returns The file as it was named, with line and column; nothing where the error passed no such
 * file.
 *
 * @example
 * ```ts
 * import { placeInLoaded, rememberLoaded } from "@heatword/core/loaded";
 * import { assertEquals } from "@std/assert";
 *
 * rememberLoaded("file:///home/ada/mine.ts", "./mine.ts");
 * const error = new Error("no");
 * error.stack = "Error: no\n    at Object.explain (file:///home/ada/mine.ts:7:5)";
 * assertEquals(placeInLoaded(error), "./mine.ts:7:5");
 * assertEquals(placeInLoaded(new Error("no")), undefined);
 * ```
 */
export function placeInLoaded(error: unknown): string | undefined {
  if (files.size === 0 || !(error instanceof Error)) return undefined;
  for (const [, url, place] of (error.stack ?? "").matchAll(/(file:\/\/.*?)(:\d+:\d+)\)?$/gm)) {
    const name = files.get(url!);
    if (name !== undefined) return `${name}${place}`;
  }
  return undefined;
}
