/**
 * How far an epoch of the word-CNN's training by the recipe is from what the machine can do: the multiply-adds that it
 * takes over the rate of WASM SIMD, the bytes over the rate of copying, and the processor time of all
 * threads, which other programs lengthen less than the time by the clock; by the size of batches and the
 * number of threads. The texts are those of 20Newsgroups, or made up where there is no
 * corpus; the word vectors are drawn, for their values make no difference.
 *
 *     deno task bench:training [--documents N] [--batches 64,128] [--threads 1,2]
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { Random } from "@heatword/core";
import { defaultHyperparameters, trainWordCnn, Vocabulary } from "@heatword/core/word-cnn";
import { readNewsgroups, toDocument } from "@heatword/datasets/corpus";
import { findData } from "@heatword/datasets/folders";
import { hasNewsgroups } from "@heatword/datasets/newsgroups";
import { fullRecipe } from "../../apps/training/recipe.ts";
import { simdRate } from "../datasets/_simd_rate.ts";
import { madeTexts, madeVectors, paperSizes } from "./_made.ts";
import { copyBandwidth, processorTime } from "./_measure.ts";

const args = parseArgs(Deno.args, { string: ["documents", "batches", "threads"] });
const list = (given: string | undefined, otherwise: string) =>
  (given ?? otherwise).split(",").map(Number);

/** Documents as rows of a vocabulary. */
async function texts(): Promise<{ name: string; texts: readonly Int32Array[]; words: number }> {
  const data = findData();
  if (!hasNewsgroups(data)) {
    const { words } = paperSizes;
    return { name: "made-up words", texts: madeTexts(11_314, 173, words), words };
  }
  const { train } = await readNewsgroups(data, () => {});
  const rows = new Map<string, number>();
  const rowOf = (word: string) => {
    const row = rows.get(word) ?? rows.size;
    rows.set(word, row);
    return row;
  };
  const texts = train.map((document) =>
    Int32Array.from(toDocument(document).tokens, ({ text }) => rowOf(text.toLowerCase()))
  );
  return { name: "articles of 20Newsgroups", texts, words: rows.size };
}

const all = await texts();
const documents = all.texts.slice(0, Number(args.documents ?? all.texts.length));
const { dimensions, filters, classes } = paperSizes;
const { window } = defaultHyperparameters;
const { wordDropout } = fullRecipe.hyperparameters;
const WIDTH = 2;

/** What an epoch takes with batches of a size; words are deleted as often as in training. */
function work(batch: number): { multiplyAdds: number; bytes: number } {
  const random = new Random(1);
  const order = random.shuffle(Int32Array.from(documents, (_, i) => i));
  let [multiplyAdds, bytes] = [0, 0];
  for (let start = 0; start < order.length; start += batch) {
    const part = [...order.subarray(start, start + batch)].map((i) => {
      const deleted = wordDropout! * random.uniform();
      return documents[i]!.subarray(0, window).map((row) => random.uniform() < deleted ? -1 : row);
    });
    const distinct = new Set(part.flatMap((rows) => [...rows])).size;
    const places = part.reduce((sum, { length }) => sum + length, 0);
    const weights = filters * (WIDTH * dimensions + classes);
    multiplyAdds += distinct * WIDTH * filters * dimensions; // words onto filters
    multiplyAdds += places * WIDTH * filters / 2; // an addition and a maximum at each place
    multiplyAdds += part.length * filters * (WIDTH * dimensions + 3 * classes); // scores, gradients
    multiplyAdds += 3 * weights; // penalty, momentum and step
    bytes += 4 * (distinct * dimensions + 4 * weights);
  }
  return { multiplyAdds, bytes };
}

const vectors = madeVectors({ ...paperSizes, words: all.words });
const vocabulary = new Vocabulary(Array.from({ length: all.words }, (_, i) => `word${i}`));
const labelled = documents.map((rows, i) => ({ rows, label: i % classes }));

/** Seconds of an epoch, by the processor and by the clock; the first one warms up. */
async function epoch(batch: number, threads: number): Promise<[number, number]> {
  const ends: [number, number][] = [];
  await trainWordCnn({
    classes: Array.from({ length: classes }, (_, c) => `class ${c}`),
    vocabulary,
    vectors,
    documents: labelled,
    hyperparameters: { ...fullRecipe.hyperparameters, epochs: 2, batch },
    threads,
    onEpoch: () => ends.push([processorTime(), performance.now()]),
  });
  const [one, two] = ends as [[number, number], [number, number]];
  return [(two[0] - one[0]) / 1000, (two[1] - one[1]) / 1000];
}

// Several times, for the compiler works beside and may not be done the first time.
const rate = Math.max(await simdRate(), await simdRate(), await simdRate());
const bandwidth = await copyBandwidth();
const load = Deno.loadavg()[0]!.toFixed(1);
console.log(
  `${documents.length} ${all.name}; ${
    (rate / 1e9).toFixed(1)
  } billion multiply-adds a second on one ` +
    `thread, ${(bandwidth / 1e9).toFixed(1)} GB copied a second, load ${load}`,
);
const line = (cells: readonly string[]) => console.log(`| ${cells.join(" | ")} |`);
const threads = list(args.threads, "1,2");
line([
  "documents a batch",
  "multiply-adds, billions",
  "bound, s",
  "bytes, GB",
  "bound, s",
  ...threads.flatMap((n) => [`${n} thread${n === 1 ? "" : "s"}, s`, "÷ bound", "by the clock, s"]),
]);
line(["---:", "---:", "---:", "---:", "---:", ...threads.flatMap(() => ["---:", "---:", "---:"])]);
for (const batch of list(args.batches, "64,128,256")) {
  const { multiplyAdds, bytes } = work(batch);
  const bound = multiplyAdds / rate;
  const cells = [
    String(batch),
    (multiplyAdds / 1e9).toFixed(1),
    bound.toFixed(2),
    (bytes / 1e9).toFixed(2),
    (bytes / bandwidth).toFixed(2),
  ];
  for (const n of threads) {
    const [seconds, clock] = await epoch(batch, n);
    cells.push(seconds.toFixed(2), (seconds / bound).toFixed(2), clock.toFixed(2));
  }
  line(cells);
}
