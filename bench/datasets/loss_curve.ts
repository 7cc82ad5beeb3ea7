/**
 * The loss of skip-gram beside that of fastText, on the same text with the same options: the mean over
 * all pairs of a word and a context since the start, as fastText tells it.
 *
 *     deno run -A bench/datasets/loss_curve.ts [--words N] [--epochs N]
 *
 * @module
 */
import { parseArgs } from "@std/cli/parse-args";
import { readNewsgroups } from "@heatword/datasets/corpus";
import { findData } from "@heatword/datasets/folders";
import { skipgramDefaults, trainingText } from "@heatword/datasets/vectors";
import { numberWords } from "../../datasets/vectors/numbered_text.ts";
import { SkipgramTrainer } from "../../datasets/vectors/skipgram/_trainer.ts";
import { trainFastText } from "./_fasttext.ts";

const args = parseArgs(Deno.args, { string: ["words", "epochs"] });
const wanted = Number(args.words ?? 100_000);
const options = skipgramDefaults({ epochs: Number(args.epochs ?? 5) });

const { train } = await readNewsgroups(findData(), () => {});
const part: string[][] = [];
let words = 0;
for (const document of train.filter((_, i) => i % 7 === 0)) {
  if (words >= wanted) break;
  part.push(document.words === "" ? [] : document.words.toLowerCase().split(" "));
  words += document.length;
}
const text = trainingText(part);
const numbered = numberWords(text, options.minCount);

/** The last loss that was told up to each tenth. */
function tenths(told: readonly { done: number; loss: number }[]): string[] {
  return Array.from({ length: 10 }, (_, i) => {
    const before = told.filter(({ done }) => done <= (i + 1) / 10 + 1e-9).at(-1);
    return before?.loss.toFixed(3) ?? "–";
  });
}

const ours: { done: number; loss: number }[] = [];
const trainer = await SkipgramTrainer.start(numbered, options, 1);
trainer.initialize();
let [loss, pairs] = [0, 0];
for (const round of trainer.rounds({ epoch: 0, round: 0 })) {
  loss += round.loss;
  pairs += round.pairs;
  ours.push({ done: round.done / options.epochs, loss: loss / Math.max(1, pairs) });
}
trainer.stop();
const rival: { done: number; loss: number }[] = [];
await trainFastText(text, numbered.words, options, (done, loss) => rival.push({ done, loss }));

const line = (cells: readonly string[]) => console.log(`| ${cells.join(" | ")} |`);
console.log(`${words.toLocaleString("en")} words, ${options.epochs} epochs`);
line(["loss after", ...Array.from({ length: 10 }, (_, i) => `${10 * (i + 1)} %`)]);
line(["---", ...Array.from({ length: 10 }, () => "---:")]);
line(["fastText", ...tenths(rival)]);
line(["ours", ...tenths(ours)]);
