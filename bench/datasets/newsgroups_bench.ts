/**
 * Reading the real corpus; nothing is run without it. Run with
 * `deno bench --allow-read --allow-env bench/datasets/newsgroups_bench.ts`.
 */
import { findData, preprocess } from "@heatword/datasets";
import { hasNewsgroups, loadArticle, loadNewsgroups } from "@heatword/datasets/newsgroups";
import { findPunktParameters } from "@heatword/datasets/nltk";

const dataDir = findData();
if (!hasNewsgroups(dataDir)) {
  console.error(`No 20Newsgroups corpus in "${dataDir}": nothing to measure`);
} else {
  const { train, test } = await loadNewsgroups(dataDir);
  const parameters = await findPunktParameters(dataDir);
  Deno.bench({
    name: "unpack, check and decode 18,846 articles",
    n: 5,
    warmup: 1,
    fn: async () => void await loadNewsgroups(dataDir),
  });
  Deno.bench({
    name: "one article out of the archive",
    n: 5,
    warmup: 1,
    fn: async () => void await loadArticle(dataDir, "sci.space/61393"),
  });
  Deno.bench({
    name: "preprocess 18,846 articles",
    n: 3,
    warmup: 1,
    fn: () => {
      for (const { text } of [...train, ...test]) preprocess(text, { parameters });
    },
  });
}
