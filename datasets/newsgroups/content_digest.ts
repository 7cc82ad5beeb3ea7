import { createHash } from "node:crypto";

/** The content digest of the whole 20news-bydate corpus, 18,846 articles, header included. */
export const CONTENT_DIGEST = "20701c5675b5327116388288aa3225c61bc1005708ccbda9bfb83c22891263d6";

/**
 * A digest of what files hold, whatever archive they came in: the SHA-256 of the lines
 * `<SHA-256 of the file>  <path>\n`, sorted by path.
 *
 * @param files The content of each file by its path.
 * @returns 64 hexadecimal digits.
 *
 * @example
 * ```ts
 * import { contentDigest } from "@heatword/datasets/newsgroups";
 * import { assertEquals } from "@std/assert";
 *
 * const one = new Map([["a", new Uint8Array([1])], ["b", new Uint8Array([2])]]);
 * const other = new Map([...one].reverse());
 * assertEquals(contentDigest(one), contentDigest(other));
 * ```
 */
export function contentDigest(files: ReadonlyMap<string, Uint8Array>): string {
  const whole = createHash("sha256");
  for (const path of [...files.keys()].sort()) {
    const digest = createHash("sha256").update(files.get(path)!).digest("hex");
    whole.update(`${digest}  ${path}\n`);
  }
  return whole.digest("hex");
}
