// fastText's skip-gram, compiled to WASM: the rival, loaded nowhere else.
import { Random } from "@heatword/core";
import type { SkipgramOptions } from "@heatword/datasets/vectors";
import { getFastTextModule } from "fasttext.wasm.js";

/**
 * The vectors to start from, in word2vec's text form. On one thread fastText itself draws but the first
 * tenth of them and takes what stands in memory for the others, which may be no number.
 */
function startVectors(words: readonly string[], dimensions: number): string {
  const random = new Random(1);
  const draw = () => ((2 * random.uniform() - 1) / dimensions).toPrecision(3);
  const lines = [...words, "</s>"].map((word) =>
    `${word} ${Array.from({ length: dimensions }, draw).join(" ")}\n`
  );
  return `${lines.length} ${dimensions}\n${lines.join("")}`;
}

/**
 * Trains by fastText on one thread.
 *
 * @param text One text a line.
 * @param words The words that get a vector.
 * @param onLoss Called with the part that is done, and the mean loss since the start.
 * @returns The seconds that the training took; without reading and counting the words, but for short texts.
 */
export async function trainFastText(
  text: Uint8Array,
  words: readonly string[],
  options: Required<SkipgramOptions>,
  onLoss: (done: number, loss: number) => void = () => {},
): Promise<number> {
  const silent: Record<string, unknown> = { print: () => {}, printErr: () => {} };
  const module = await getFastTextModule(silent);
  const settings = new module.Args();
  Object.assign(settings, {
    ...{ dim: options.dimensions, ws: options.window, epoch: options.epochs },
    ...{ minCount: options.minCount, t: options.subsample, neg: options.negatives },
    ...{ lr: options.learningRate, seed: options.seed, minn: 0, maxn: 0, bucket: 0 },
    ...{ model: module.ModelName["skipgram"], loss: module.LossName["ns"] },
    ...{ input: "train.txt", pretrainedVectors: "start.vec", thread: 1, verbose: 2 },
  });
  module.FS.writeFile("train.txt", text);
  module.FS.writeFile("start.vec", startVectors(words, options.dimensions));
  const begin = performance.now();
  let start: { time: number; done: number } | undefined;
  let last = { time: begin, done: 0 };
  new module.FastText().train(settings, (done, loss) => {
    onLoss(done, loss);
    last = { time: performance.now(), done };
    start ??= last;
  });
  // Of a short text it tells but once that it is done.
  if (!start || start.done === last.done) return (performance.now() - begin) / 1000;
  return (last.time - start.time) / 1000 / (last.done - start.done);
}
