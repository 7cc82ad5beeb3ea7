/**
 * How long the tokenizer takes for all 18,846 articles of 20Newsgroups, on one core. Without the corpus
 * in the data folder the miniature posts are taken, over and over.
 *
 *     HEATWORD_DATA=… deno bench --allow-read --allow-env bench/datasets/tokenize_bench.ts
 *
 * @module
 */
import { findData } from "@heatword/datasets";
import { loadMiniature } from "@heatword/datasets/miniature";
import { hasNewsgroups, loadNewsgroups } from "@heatword/datasets/newsgroups";
import {
  findPunktParameters,
  PunktTrainer,
  sentTokenize,
  spanTokenize,
  wordTokenize,
} from "@heatword/datasets/nltk";

const ARTICLES = 18_846;

const data = findData();
const real = hasNewsgroups(data);
const { train, test } = real ? await loadNewsgroups(data) : await loadMiniature();
const read = [...train, ...test].map(({ text }) => text);
const texts = Array.from({ length: ARTICLES }, (_, i) => read[i % read.length]!);
const parameters = await findPunktParameters(data);
const group = `${ARTICLES} ${real ? "articles of 20Newsgroups" : "miniature posts"}`;

function bench(name: string, act: (text: string) => unknown[]): void {
  let count = 0;
  Deno.bench({ name, group, n: 5, warmup: 1 }, () => {
    for (const text of texts) count += act(text).length;
  });
}

bench("sentTokenize()", (text) => sentTokenize(text, parameters));
bench("wordTokenize()", (text) => wordTokenize(text, parameters));
bench("spanTokenize()", (text) => spanTokenize(text, parameters));
bench("split at blanks, for comparison", (text) => text.trim().split(/\s+/));

const joined = texts.slice(0, 1000).join("\n\n");
Deno.bench({ name: "PunktTrainer, 1,000 articles", n: 5, warmup: 1 }, () => {
  new PunktTrainer(joined);
});
