import { isGranted } from "@heatword/core/permissions";

/** What a test may need. */
export type Permission = "read" | "write" | "env" | "run" | "net" | "sys" | "ffi";

/** Whether all of some permissions are granted; of the network, this machine is enough. */
export function permitted(...permissions: readonly Permission[]): boolean {
  return permissions.every((name) =>
    isGranted(name === "net" ? { name, host: "127.0.0.1" } : { name })
  );
}

/**
 * `Deno.test` for tests that need permissions: without them it ignores each. `deno test` alone runs
 * what needs none; `deno test -P` runs all.
 *
 *     const test = testWith("read", "write");
 *     test("a file can be written", async () => { … });
 */
export function testWith(...permissions: readonly Permission[]): typeof Deno.test {
  return permitted(...permissions) ? Deno.test : Deno.test.ignore as typeof Deno.test;
}
