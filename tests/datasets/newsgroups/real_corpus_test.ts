import { preprocess } from "@heatword/datasets";
import { GROUPS, hasNewsgroups, loadArticle, loadNewsgroups } from "@heatword/datasets/newsgroups";
import { readPunktTab } from "@heatword/datasets/nltk";
import { assert, assertEquals } from "@std/assert";
import { environmentVariable } from "@heatword/core/permissions";
import { permitted } from "../../_permitted.ts";

const dir = environmentVariable("HEATWORD_DATA") || "../shared/data";
const missing = !(permitted("read") && hasNewsgroups(dir));
if (missing) console.log(`No 20Newsgroups corpus in "${dir}": its tests are left out`);

Deno.test(
  "the real corpus has the documents that the paper counts",
  { ignore: missing },
  async () => {
    const { train, test } = await loadNewsgroups(dir);
    assertEquals([train.length, test.length], [11_314, 7_532]);
    assertEquals(new Set([...train, ...test].map(({ id }) => id)).size, 18_846);
    for (const part of [train, test]) {
      assertEquals([...new Set(part.map(({ label }) => label))], [...GROUPS]);
    }

    const parameters = await readPunktTab(`${dir}/punkt/english`);
    const lengths = (articles: typeof test) =>
      articles.map(({ text }) => preprocess(text, { parameters }).tokens.length);
    const testLengths = lengths(test);
    const trainLengths = lengths(train);
    const shorter = (list: number[], length: number) => list.filter((l) => l < length).length;
    assertEquals(test.length - shorter(testLengths, 100), 4_963);
    assertEquals([shorter(testLengths, 1), shorter(trainLengths, 1)], [16, 19]);
    assertEquals([shorter(testLengths, 2), shorter(trainLengths, 2)], [25, 24]);
    assertEquals(Math.max(...testLengths, ...trainLengths), 400);
  },
);

Deno.test(
  "loadArticle() finds sci.space/61393 in the real corpus",
  { ignore: missing },
  async () => {
    const article = await loadArticle(dir, "sci.space/61393");
    assertEquals([article.label, article.split, article.text.length], ["sci.space", "test", 1511]);
    assert(/\bride\b/.test(article.text));
  },
);
