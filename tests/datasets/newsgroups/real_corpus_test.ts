import { preprocess } from "@heatword/datasets";
import { GROUPS, loadArticle, loadNewsgroups } from "@heatword/datasets/newsgroups";
import { readPunktTab } from "@heatword/datasets/nltk";
import { assert, assertEquals } from "@std/assert";
import { dataFolder, lacksCorpus, testWith } from "../../_skip.ts";

testWith(
  lacksCorpus,
  "the real corpus has the documents that the paper counts",
  async () => {
    const { train, test } = await loadNewsgroups(dataFolder);
    assertEquals([train.length, test.length], [11_314, 7_532]);
    assertEquals(new Set([...train, ...test].map(({ id }) => id)).size, 18_846);
    for (const part of [train, test]) {
      assertEquals([...new Set(part.map(({ label }) => label))], [...GROUPS]);
    }

    const parameters = await readPunktTab(`${dataFolder}/punkt/english`);
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

testWith(
  lacksCorpus,
  "loadArticle() finds sci.space/61393 in the real corpus",
  async () => {
    const article = await loadArticle(dataFolder, "sci.space/61393");
    assertEquals([article.label, article.split, article.text.length], ["sci.space", "test", 1511]);
    assert(/\bride\b/.test(article.text));
  },
);
