/**
 * How fast skip-gram vectors are trained, beside fastText and gensim and the bound: words a second,
 * all words of the text counted, those left out too. The text is a part of 20Newsgroups, or made up
 * where there is no corpus.
 *
 *     deno task bench:vectors [--words N]
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { Random } from "@heatword/core";
import { findData } from "@heatword/datasets";
import { readNewsgroups } from "@heatword/datasets/corpus";
import { hasNewsgroups } from "@heatword/datasets/newsgroups";
import { skipgramDefaults, trainingText } from "@heatword/datasets/vectors";
import {
  aliasCells,
  chancesToStay,
  noiseChances,
} from "../../datasets/vectors/skipgram/_chances.ts";
import { type NumberedText, numberWords } from "../../datasets/vectors/numbered_text.ts";
import { SkipgramTrainer } from "../../datasets/vectors/skipgram/_trainer.ts";
import { groupsOf, keptOf } from "../../tests/datasets/vectors/skipgram/_plain.ts";
import { trainFastText } from "./_fasttext.ts";
import { simdRate } from "./_simd_rate.ts";

const args = parseArgs(Deno.args, { string: ["words"] });
const wanted = Number(args.words ?? 600_000);
/** Ours are trained longer, for they are done sooner. */
const EPOCHS = { fastText: 1, gensim: 4, ours: 6 };

/** Texts with Zipf's frequencies. */
function* madeTexts(): Generator<string[]> {
  const random = new Random(1);
  const draw = () => `w${Math.floor(Math.exp(random.uniform() * Math.log(50_000)))}`;
  while (true) yield Array.from({ length: 260 }, draw);
}

async function corpusTexts(): Promise<{ name: string; texts: Iterable<string[]> }> {
  const data = findData();
  if (!hasNewsgroups(data)) return { name: "made-up words", texts: madeTexts() };
  const { train } = await readNewsgroups(data, () => {});
  const documents = new Random(1).shuffle(train.filter(({ length }) => length > 0));
  const texts = documents.map(({ words }) => words.toLowerCase().split(" "));
  return { name: "articles of 20Newsgroups", texts };
}

const { name, texts } = await corpusTexts();
const part: string[][] = [];
let words = 0;
for (const text of texts) {
  if (words >= wanted) break;
  part.push(text);
  words += text.length;
}
const text = trainingText(part);
const options = (epochs: number) => skipgramDefaults({ epochs });
const numbered = numberWords(text, options(1).minCount);
const count = (number: number) => Math.round(number).toLocaleString("en");
console.log(
  `${count(words)} words of ${name}, ${count(numbered.words.length)} vectors of 300 numbers, ` +
    `${navigator.hardwareConcurrency} processors, load ${Deno.loadavg()[0]!.toFixed(1)}`,
);

/** Words a second of ours. */
async function ours(workers: number): Promise<number> {
  const trainer = await SkipgramTrainer.start(numbered, options(EPOCHS.ours), workers);
  trainer.initialize();
  // The first epoch warms up.
  let start = performance.now();
  for (const { epoch, round } of trainer.rounds({ epoch: 0, round: 0 })) {
    if (epoch === 1 && round === 0) start = performance.now();
  }
  trainer.stop();
  return words * (EPOCHS.ours - 1) / ((performance.now() - start) / 1000);
}

/** Words a second of gensim with two workers; nothing where it is not installed. */
async function gensim(): Promise<number | undefined> {
  const path = await Deno.makeTempFile();
  try {
    await Deno.writeFile(path, text);
    const script = new URL("./_gensim.py", import.meta.url).pathname;
    const { success, stdout } = await new Deno.Command("/usr/bin/python3", {
      args: [script, path, JSON.stringify(options(EPOCHS.gensim))],
      stderr: "null",
    }).output().catch(() => ({ success: false, stdout: new Uint8Array() }));
    return success ? Number(new TextDecoder().decode(stdout)) : undefined;
  } finally {
    await Deno.remove(path);
  }
}

/** Multiply-adds for each word of the text: three for each dimension of each pair of rows. */
function multiplyAdds({ counts, numbers, starts }: NumberedText, size: SkipgramTrainer): number {
  const { window, negatives, dimensions, parts, places, drawn } = size.setup.size;
  const noise = noiseChances(counts);
  const setup = {
    texts: Array.from(
      starts.subarray(1),
      (end, i) => Array.from(numbers.subarray(starts[i], end)),
    ),
    stay: [...chancesToStay(counts, options(1).subsample)],
    cells: aliasCells(noise),
    ...{ window, negatives, epochs: 1, learningRate: 0, seed: 0, parts, places, drawn },
  };
  const kept = keptOf(setup, 0);
  let pairs = 0;
  for (let part = 0; part * places < kept.length; part++) {
    for (const { contexts, outputs } of groupsOf(setup, kept, 0, part)) {
      pairs += contexts.length * outputs.length;
    }
  }
  return 3 * dimensions * pairs / words;
}

const rate = await simdRate();
const trainer = await SkipgramTrainer.start(numbered, options(1), 1);
trainer.stop();
const bound = rate / multiplyAdds(numbered, trainer);
const one = await ours(1);
const two = await ours(2);
const fastText = words / await trainFastText(text, numbered.words, options(EPOCHS.fastText));
const rival = await gensim();

const times = (ratio: number) => `${ratio.toPrecision(3)} ×`;
const line = (cells: readonly string[]) => console.log(`| ${cells.join(" | ")} |`);
line(["skip-gram", "words/s", "beside fastText", "beside gensim", "bound ÷ it"]);
line(["---", "---:", "---:", "---:", "---:"]);
const row = (what: string, speed: number, limit: number) =>
  line([
    what,
    count(speed),
    times(speed / fastText),
    rival === undefined ? "–" : times(speed / rival),
    (limit / speed).toPrecision(3),
  ]);
row("fastText (WASM), one thread", fastText, bound);
if (rival === undefined) line(["gensim, two workers: skipped, python3-gensim is not installed"]);
else row("gensim, two workers", rival, 2 * bound);
row("ours, one worker", one, bound);
row("ours, two workers", two, 2 * bound);
row(`bound of one: ${(rate / 1e9).toFixed(1)} G multiply-adds/s`, bound, bound);
