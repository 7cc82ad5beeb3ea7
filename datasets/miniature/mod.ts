/**
 * The miniature corpus: 140 posts written for this project, for when the real corpus is not at hand.
 *
 * @module
 */
import { type Article, type Group, GROUPS, type Newsgroups } from "../newsgroups/mod.ts";

/** How many posts of each newsgroup there are. */
export const POSTS_PER_GROUP = 7;

async function readPost(group: Group, number: number): Promise<Article> {
  const id = `${group}/${String(number).padStart(3, "0")}`;
  const response = await fetch(new URL(`./posts/${id}.txt`, import.meta.url));
  if (!response.ok) throw new Deno.errors.NotFound(`Cannot find the miniature post "${id}"`);
  return { id, split: "test", label: group, text: await response.text() };
}

/**
 * Reads the miniature corpus. It comes with the package: no data folder is needed.
 *
 * @returns All posts as documents to test on, sorted by newsgroup and number; none to train on.
 *
 * @example
 * ```ts
 * import { loadMiniature } from "@heatword/datasets/miniature";
 * import { assertEquals } from "@std/assert";
 *
 * const { train, test } = await loadMiniature();
 * assertEquals([train.length, test.length], [0, 140]);
 * assertEquals(test[0]?.id, "alt.atheism/001");
 * ```
 */
export async function loadMiniature(): Promise<Newsgroups> {
  const test: Article[] = [];
  for (const group of GROUPS) {
    const numbers = Array.from({ length: POSTS_PER_GROUP }, (_, i) => i + 1);
    test.push(...await Promise.all(numbers.map((number) => readPost(group, number))));
  }
  return { train: [], test };
}
