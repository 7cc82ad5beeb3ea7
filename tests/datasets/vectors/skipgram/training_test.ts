import { Random } from "@heatword/core";
import { skipgramDefaults, trainingText, trainOnText } from "@heatword/datasets/vectors";
import { assert, assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import {
  readCheckpoint,
  writeCheckpoint,
} from "../../../../datasets/vectors/skipgram/_checkpoint.ts";
import {
  aliasCells,
  chancesToStay,
  noiseChances,
} from "../../../../datasets/vectors/skipgram/_chances.ts";
import { numberWords } from "../../../../datasets/vectors/numbered_text.ts";
import { SkipgramTrainer } from "../../../../datasets/vectors/skipgram/_trainer.ts";
import { skipgramBytes } from "../../../../datasets/vectors/skipgram/memory.ts";
import { testPermitted } from "../../../_skip.ts";
import { trainPlain } from "./_plain.ts";

const test = testPermitted("read", "write");

const OPTIONS = skipgramDefaults({
  dimensions: 13,
  window: 3,
  epochs: 3,
  subsample: 0.02,
  minCount: 2,
  negatives: 3,
  learningRate: 0.1,
  seed: 5,
});

/** Texts of words with Zipf's frequencies. */
function madeTexts(texts: number, words: number): string[][] {
  const random = new Random(3);
  const draw = () => `w${Math.floor(Math.exp(random.uniform() * Math.log(words)))}`;
  return Array.from({ length: texts }, () => Array.from({ length: random.below(30) }, draw));
}

const TEXT = trainingText(madeTexts(60, 200));

async function startTrainer(workers: number) {
  const trainer = await SkipgramTrainer.start(numberWords(TEXT, 2), OPTIONS, workers);
  trainer.initialize();
  return trainer;
}

test("skip-gram learns as plain TypeScript does in float64", async () => {
  const numbered = numberWords(TEXT, 2);
  const { numbers, starts, counts, words } = numbered;
  const trainer = await startTrainer(1);
  const { parts, places, drawn } = trainer.setup.size;
  assert(parts > 1, `${parts} parts`);
  const rowsNow = () =>
    Array.from({ length: 2 * words.length }, (_, row) => Array.from(trainer.row(row)));
  const rows = rowsNow();
  const { window, negatives, epochs, learningRate, seed } = OPTIONS;
  const noise = noiseChances(counts);
  trainPlain({
    texts: Array.from(
      starts.subarray(1),
      (end, i) => Array.from(numbers.subarray(starts[i], end)),
    ),
    stay: [...chancesToStay(counts, OPTIONS.subsample)],
    cells: aliasCells(noise),
    ...{ window, negatives, epochs, learningRate, seed, parts, places, drawn },
  }, rows);
  const start = trainer.vectors();
  const losses: number[] = [];
  for (const { loss, pairs } of trainer.rounds({ epoch: 0, round: 0 })) losses.push(loss / pairs);
  trainer.stop();
  const learned = rowsNow();
  const largest = Math.max(...rows.flat().map(Math.abs));
  assert(largest > 0.1, `the largest number is ${largest}`);
  learned.forEach((row, i) =>
    row.forEach((value, d) => {
      const error = Math.abs(value - rows[i]![d]!);
      assert(error < 1e-5 * largest, `row ${i}, dimension ${d}: ${value}, not ${rows[i]![d]}`);
    })
  );
  assertNotEquals(trainer.vectors(), start);
  const mean = (part: number[]) => part.reduce((sum, loss) => sum + loss, 0) / part.length;
  // The first output rows are zero, so that each of the 1 + 3 terms is ln 2.
  assert(Math.abs(losses[0]! - 4 * Math.LN2) < 1e-6, `first loss ${losses[0]}`);
  assert(mean(losses.slice(-8)) < mean(losses.slice(0, 8)) - 0.1, `losses ${losses}`);
});

test("skip-gram gives the same bytes for any number of workers", async () => {
  const train = (workers: number) => trainOnText(TEXT, { ...OPTIONS, workers });
  const one = await train(1);
  for (const workers of [2, 3]) assertEquals(await train(workers), one, `${workers} workers`);
});

test("skip-gram resumes at any round with the same bytes", async () => {
  const path = await Deno.makeTempFile();
  try {
    const whole = await startTrainer(1);
    const rounds = [...whole.rounds({ epoch: 0, round: 0 })];
    whole.stop();
    const epochs = rounds.map(({ epoch }) => epoch);
    // In the middle of an epoch, and between two.
    for (const at of [epochs.indexOf(1) - 1, epochs.indexOf(2)]) {
      const first = await startTrainer(2);
      for (const { epoch, round } of first.rounds({ epoch: 0, round: 0 })) {
        if (epoch !== rounds[at]!.epoch || round !== rounds[at]!.round) continue;
        await writeCheckpoint(path, first, "this", { epoch, round });
        break;
      }
      first.stop();
      const second = await startTrainer(1);
      assertEquals(await readCheckpoint(path, second, "another"), undefined);
      const place = await readCheckpoint(path, second, "this");
      assertEquals(place, { epoch: rounds[at]!.epoch, round: rounds[at]!.round });
      assertEquals([...second.rounds(place!)], rounds.slice(at + 1));
      second.stop();
      assertEquals(second.vectors(), whole.vectors());
    }
  } finally {
    await Deno.remove(path);
  }
});

test("a damaged checkpoint is refused", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const path = `${folder}/checkpoint`;
    const trainer = await startTrainer(1);
    trainer.stop();
    assertEquals(await readCheckpoint(path, trainer, "run"), undefined);
    await writeCheckpoint(path, trainer, "run", { epoch: 1, round: 2 });
    const good = await Deno.readFile(path);
    const changed = good.slice();
    changed[good.length >> 1]! ^= 1;
    const longer = new Uint8Array(good.length + 1);
    longer.set(good);
    const damaged = [
      changed,
      good.slice(0, -1),
      // Without its digest and the end of the rows; without any row.
      good.slice(0, -40),
      good.slice(0, good.indexOf(10) + 1),
      longer,
      new TextEncoder().encode("{}\n"),
    ];
    for (const bytes of damaged) {
      await Deno.writeFile(path, bytes);
      await assertRejects(
        () => readCheckpoint(path, trainer, "run"),
        SyntaxError,
        `Cannot go on from checkpoint "${path}": it is damaged, remove it`,
      );
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("skip-gram takes as much memory as it says", async () => {
  const trainer = await startTrainer(2);
  trainer.stop();
  const { size, memory } = trainer.setup;
  assertEquals(memory.buffer.byteLength, Math.ceil(skipgramBytes(size) / 65536) * 65536);
  // The training part of 20Newsgroups.
  const corpus = {
    ...{ words: 50_604, length: 2_888_683, texts: 11_314, dimensions: 300, window: 10 },
    ...{ negatives: 5, parts: 8, places: 64, drawn: 64, workers: 2 },
  };
  const main = 2 * 50_604 * 1200 + 8 * 2_888_683;
  const bytes = skipgramBytes(corpus);
  assert(bytes > main && bytes < 1.05 * main, `${bytes} bytes`);
  await assertRejects(
    () => Promise.resolve().then(() => skipgramBytes({ ...corpus, words: 3_000_000 })),
    RangeError,
    "Cannot train 3000000 word vectors of 300 numbers: that takes 7.",
  );
});
