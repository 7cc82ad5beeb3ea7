/**
 * Reading word vectors and training them. Run with
 * `deno bench --allow-read --allow-env bench/datasets/vectors_bench.ts`.
 */
import { Random } from "@heatword/core";
import { NamedVectors, parseVectors, toWord2Vec, trainSkipgram } from "@heatword/datasets/vectors";
import { gzipSync } from "node:zlib";

const DIMENSION = 300;
const random = new Random(1);
const words = Array.from({ length: 20_000 }, (_, i) => `word${i}`);
const numbers = Float32Array.from({ length: words.length * DIMENSION }, () => random.normal());
const vectors = new NamedVectors(words, numbers, DIMENSION);

const binary = toWord2Vec(vectors);
const packed = gzipSync(binary, { level: 1 });
const lines = words.map((word, row) =>
  `${word} ${
    [...numbers.subarray(row * DIMENSION, (row + 1) * DIMENSION)].map((n) => n.toFixed(5)).join(" ")
  }\n`
);
const text = new TextEncoder().encode(lines.join(""));
const some = new Set(words.filter((_, i) => i % 10 === 0));

async function* chunks(bytes: Uint8Array) {
  for (let at = 0; at < bytes.length; at += 2 ** 18) {
    yield await Promise.resolve(bytes.subarray(at, at + 2 ** 18));
  }
}

const megabytes = (bytes: Uint8Array) => `${Math.round(bytes.length / 1e6)} MB`;

for (
  const [name, bytes] of [
    ["word2vec binary", binary],
    ["word2vec binary, gzipped", packed],
    ["GloVe text", text],
  ] as const
) {
  const group = `${name}, ${megabytes(bytes)}, 20,000 words`;
  Deno.bench({
    name: "all words",
    group,
    baseline: true,
    n: 5,
    warmup: 1,
    fn: async () => void await parseVectors(chunks(bytes)),
  });
  Deno.bench({
    name: "a tenth of the words",
    group,
    n: 5,
    warmup: 1,
    fn: async () => void await parseVectors(chunks(bytes), { wanted: some }),
  });
}

Deno.bench({
  name: "writing word2vec binary",
  group: "writing",
  n: 5,
  fn: () => void toWord2Vec(vectors),
});

const found = words.flatMap((word, i) => i % 2 ? [word] : [word.toUpperCase()]);
Deno.bench({
  name: "20,000 look-ups, half of them by lower case",
  group: "look-up",
  fn: () => {
    for (const word of found) vectors.indexOf(word);
  },
});

/** Words with Zipf's frequencies, 300 a text. */
const texts = Array.from(
  { length: 500 },
  () =>
    Array.from(
      { length: 300 },
      () => `w${Math.floor(Math.exp(random.uniform() * Math.log(20_000)))}`,
    ),
);
Deno.bench({
  name: "skip-gram, 150,000 words, window 10, 1 epoch",
  group: "training",
  n: 1,
  warmup: 0,
  fn: async () => void await trainSkipgram(texts, { epochs: 1, subsample: 1e-4 }),
});
