import { preprocess } from "@heatword/datasets";
import { loadMiniature, POSTS_PER_GROUP } from "@heatword/datasets/miniature";
import { GROUPS } from "@heatword/datasets/newsgroups";
import { assert, assertEquals } from "@std/assert";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read");

const posts = new URL("../../../datasets/miniature/posts/", import.meta.url);

test("loadMiniature() gives every post of the folder", async () => {
  const { train, test } = await loadMiniature();
  assertEquals(train, []);
  const files = GROUPS.flatMap((group) =>
    [...Deno.readDirSync(new URL(group, posts))].map(({ name }) => `${group}/${name}`)
  );
  assertEquals(test.map(({ id }) => `${id}.txt`), files.sort());
  assertEquals(files.length, GROUPS.length * POSTS_PER_GROUP);
  for (const { id, label, text } of test) {
    assertEquals(label, id.split("/")[0] as typeof label);
    assertEquals(text, await Deno.readTextFile(new URL(`${id}.txt`, posts)));
  }
});

test("loadMiniature() gives posts of at least 100 words, in ASCII, none twice", async () => {
  const { test } = await loadMiniature();
  for (const { id, text } of test) {
    assert(preprocess(text).tokens.length >= 100, id);
    assert(/^[\n\x20-\x7e]*$/.test(text), id);
  }
  assertEquals(new Set(test.map(({ text }) => text)).size, test.length);
});
