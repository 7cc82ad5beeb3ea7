/**
 * What a program may do, asked without a question to the person at the terminal.
 *
 * @module
 */

/**
 * Whether a permission is granted. Nobody is asked for it.
 *
 * @param descriptor The permission.
 * @returns Whether it is granted now; not so where Deno would have to ask, or must refuse.
 *
 * @example
 * ```ts
 * import { isGranted } from "@heatword/core/permissions";
 * import { assert } from "@std/assert";
 *
 * if (!isGranted({ name: "write", path: "model" })) console.log("the model cannot be saved");
 * assert(typeof isGranted({ name: "net" }) === "boolean");
 * ```
 */
export function isGranted(descriptor: Deno.PermissionDescriptor): boolean {
  return Deno.permissions.querySync(descriptor).state === "granted";
}

/**
 * An environment variable. One that may not be read counts as not set.
 *
 * @param name Its name.
 * @returns Its value, if it is set and may be read.
 *
 * @example
 * ```ts
 * import { environmentVariable } from "@heatword/core/permissions";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(environmentVariable("HEATWORD_NO_SUCH_VARIABLE"), undefined);
 * ```
 */
export function environmentVariable(name: string): string | undefined {
  return isGranted({ name: "env", variable: name }) ? Deno.env.get(name) : undefined;
}
