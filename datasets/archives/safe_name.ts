/**
 * Checks the name of an archive's entry: a relative path with forward slashes that stays below the
 * folder it is read into.
 *
 * @param name The name as the archive gives it.
 * @returns The same name without a leading `./`.
 * @throws {SyntaxError} If the name is empty, absolute, holds `..`, a backslash, a drive letter or a
 * control character.
 *
 * @example
 * ```ts
 * import { safeName } from "@heatword/datasets/archives";
 * import { assertEquals, assertThrows } from "@std/assert";
 *
 * assertEquals(safeName("./a/b"), "a/b");
 * assertThrows(() => safeName("../etc/passwd"), SyntaxError, 'Refused the entry "../etc/passwd"');
 * ```
 */
export function safeName(name: string): string {
  const path = name.replace(/^(\.\/)+/, "");
  const why = path === ""
    ? "its name is empty"
    : path.startsWith("/") || /^[A-Za-z]:/.test(path)
    ? "its name is absolute"
    : path.split("/").includes("..")
    ? "its name leads outside the folder"
    // deno-lint-ignore no-control-regex
    : /[\x00-\x1f\x7f\\]/.test(path)
    ? "its name holds a control character or a backslash"
    : "";
  if (why) throw new SyntaxError(`Refused the entry ${JSON.stringify(name)}: ${why}`);
  return path;
}
