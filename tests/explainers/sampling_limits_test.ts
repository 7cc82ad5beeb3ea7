// What sampling can find, and how well it says so.
import { explain, type Relevance } from "@heatword/core";
import { kernelShap } from "@heatword/explainers/kernel-shap";
import { lime } from "@heatword/explainers/lime";
import { smoothgrad } from "@heatword/explainers/smoothgrad";
import { sa } from "@heatword/explainers/sa";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertGreater,
  assertLess,
  assertRejects,
} from "@std/assert";
import { eachPair } from "../../explainers/kernel_shap/_pairs.ts";
import { pointModel } from "./_point_model.ts";
import { subsetModel } from "./_black_box.ts";

const mean = (values: readonly number[]) => values.reduce((a, b) => a + b, 0) / values.length;

/** The numbers 1 to n in a mixed order; n must be no multiple of 7. */
const mixed = (n: number) => Array.from({ length: n }, (_, t) => (t * 7 + 3) % n + 1);

/** The score is the largest number of the words that are there. */
function maximum(n: number) {
  const numbers = mixed(n);
  // The k-th smallest shares each step up to it with all words that reach that step.
  const harmonic = (m: number) => Array.from({ length: m }, (_, i) => 1 / (i + 1));
  const sum = (m: number) => harmonic(m).reduce((a, b) => a + b, 0);
  const exact = numbers.map((k) => sum(n) - sum(n - k));
  const { model, input } = subsetModel(n, (present) => [
    numbers.reduce((max, x, t) => present[t] ? Math.max(max, x) : max, 0),
  ]);
  const find = async (options: Record<string, unknown>) =>
    await explain(kernelShap, model, input, 0, options);
  return { exact, find };
}

/** The answers of 40 seeds, and what the others are told. */
async function seeds(
  find: (seed: number) => Promise<Relevance>,
): Promise<{ found: Relevance[]; told: Set<string> }> {
  const told = new Set<string>();
  const found: Relevance[] = [];
  for (let seed = 0; seed < 40; seed++) {
    try {
      found.push(await find(seed));
    } catch (error) {
      told.add((error as Error).message);
    }
  }
  return { found, told };
}

Deno.test("kernel-shap refuses fewer equations than unknowns, whatever the seed", async () => {
  for (const n of [16, 29]) {
    const { find } = maximum(n);
    const min = 2 * (n - 1);
    for (const samples of [1, 5, min - 2, min - 1]) {
      const { found, told } = await seeds((seed) => find({ samples, seed }));
      assertEquals(found.length, 0);
      assertEquals([...told], [
        `Cannot find the values of ${n} words from ${samples} samples: ` +
        `${n} words need at least ${min} samples`,
      ]);
    }
  }
});

/** The rank of rows of small whole numbers, found without rounding: modulo a prime. */
function rankOf(rows: readonly number[][]): number {
  const prime = 2147483647n;
  const inverse = (x: bigint) => {
    let [result, base, power] = [1n, x, prime - 2n];
    for (; power > 0n; power >>= 1n, base = base * base % prime) {
      if (power & 1n) result = result * base % prime;
    }
    return result;
  };
  const left = rows.map((row) => row.map(BigInt));
  let rank = 0;
  for (let column = 0; column < rows[0]!.length; column++) {
    const at = left.findIndex((row, i) => i >= rank && row[column] !== 0n);
    if (at < 0) continue;
    const [pivot] = left.splice(at, 1) as [bigint[]];
    left.splice(rank, 0, pivot);
    const scale = inverse(pivot[column]!);
    for (const row of left.slice(rank + 1)) {
      const factor = row[column]! * scale % prime;
      row.forEach((x, j) => row[j] = ((x - factor * pivot[j]!) % prime + prime) % prime);
    }
    rank++;
  }
  return rank;
}

Deno.test("kernel-shap refuses drawn samples exactly where they do not tell words apart", async () => {
  for (const [n, samples] of [[16, 30], [16, 34], [29, 56]] as const) {
    const { find } = maximum(n);
    let answered = 0;
    for (let seed = 0; seed < 40; seed++) {
      const rows: number[][] = [];
      const pairs = { words: n, count: samples / 2, exact: false, seed };
      eachPair(pairs, ({ present, complement }) => rows.push([...present], [...complement]));
      if (rankOf(rows) < n) {
        await assertRejects(
          async () => await find({ samples, seed }),
          RangeError,
          `Cannot find the values of ${n} words: the ${samples} samples drawn do not tell all ` +
            'words apart; give a larger option "samples", or another "seed"',
        );
        continue;
      }
      answered++;
      const { words, standardErrors } = await find({ samples, seed });
      assertEquals(standardErrors, undefined);
      assertAlmostEquals(words.reduce((a, b) => a + b), n, 1e-9);
    }
    assert(answered > 5 && answered < 40, String(answered));
  }
});

for (const samples of [32, 40, 60, 120, 178, 180, 300, 1000]) {
  Deno.test(`kernel-shap's standard errors for ${samples} samples hold, or there are none`, async () => {
    const { exact, find } = maximum(16);
    const { found } = await seeds((seed) => find({ samples, seed }));
    const ratios = found.flatMap(({ words, standardErrors }) =>
      standardErrors === undefined
        ? []
        : exact.map((value, t) => (words[t]! - value) / standardErrors[t]!)
    );
    // 4 · 15 + 120
    assertEquals(ratios.length, samples < 180 ? 0 : 40 * 16);
    if (ratios.length === 0) return;
    const square = mean(ratios.map((ratio) => ratio ** 2));
    assertGreater(square, 0.7);
    assertLess(square, 1.4);
    assert(ratios.every((ratio) => Math.abs(ratio) <= 8));
  });
}

/** The spread of LIME's values over 60 seeds, as a part of what their standard errors say. */
async function spreadOverErrors(words: number, samples: number): Promise<number> {
  const numbers = mixed(words);
  const { model, input } = subsetModel(words, (present) => {
    const sum = numbers.reduce((total, x, t) => present[t] ? total + x : total, 0);
    return [10 * Math.tanh(0.4 * sum / (words * (words + 1) / 2) * 8.5)];
  });
  const runs = await Promise.all(Array.from(
    { length: 60 },
    async (_, seed) => await explain(lime, model, input, 0, { samples, seed }),
  ));
  let spread = 0;
  let claimed = 0;
  for (let t = 0; t < words; t++) {
    const values = runs.map((run) => run.words[t]!);
    const centre = mean(values);
    spread += values.reduce((sum, value) => sum + (value - centre) ** 2, 0) / 59;
    claimed += mean(runs.map(({ standardErrors }) => standardErrors![t]! ** 2));
  }
  return Math.sqrt(spread / claimed);
}

// Uncorrected they are too small by up to 2.3 where there are no more samples than words.
for (const [words, samples] of [[20, 20], [20, 50], [20, 1000], [100, 100], [100, 200]] as const) {
  Deno.test(`lime's standard errors fit its spread: ${words} words, ${samples} samples`, async () => {
    const ratio = await spreadOverErrors(words, samples);
    assertGreater(ratio, 0.85);
    assertLess(ratio, 1.15);
  });
}

Deno.test("lime's penalty leaves a part of the effect of a single word", async () => {
  const { model, input } = subsetModel(1, ([present]) => [present ? 3 : -1]);
  for (const [samples, part] of [[1000, 0.2007], [5000, 0.3852]] as const) {
    // Each sample but the first is the empty text, which weighs e^-8.
    const weight = (samples - 1) * Math.exp(-8);
    assertAlmostEquals(weight / (1 + weight) / (weight / (1 + weight) + 1), part, 1e-4);
    assertAlmostEquals(
      (await explain(lime, model, input, 0, { samples })).words[0]! / 4,
      part,
      1e-4,
    );
  }
});

Deno.test("lime gives no standard errors where the fit leaves no freedom", async () => {
  const { model, input } = subsetModel(30, (present) => [present.filter(Boolean).length]);
  const errors = async (options: Record<string, unknown>) =>
    (await explain(lime, model, input, 0, options)).standardErrors;
  assertEquals(await errors({ samples: 25, ridge: 1e-6 }), undefined);
  const areErrors = (found?: Float64Array) => found && Array.from(found, (error) => error > 0);
  const all = Array(30).fill(true);
  assertEquals(areErrors(await errors({ samples: 25 })), all);
  assertEquals(areErrors(await errors({ samples: 200, ridge: 1e-6 })), all);
});

for (const method of [lime, kernelShap]) {
  Deno.test(`${method.name} keeps no samples: memory does not grow with words times samples`, async () => {
    // What this thread keeps, other tests beside it do not count: its heap and what hangs on it.
    const held = () => {
      const { heapUsed, external } = Deno.memoryUsage();
      return heapUsed + external;
    };
    const samples = 120_000;
    const before = held();
    let calls = 0, least = Infinity;
    const { model, input } = subsetModel(48, (present) => {
      // In the second half, and the least: what is garbage goes now and then. Kernel SHAP draws some
      // sets twice, and asks for them once.
      if (++calls > 0.5 * samples && calls % 50 === 0) least = Math.min(least, held());
      return [present.filter(Boolean).length];
    });
    await explain(method, model, input, 0, { samples });
    // Kept, they would take 16 bytes for each word of each sample, 46 MB after half of them, beside the
    // memory of scores and the garbage, 17 to 30 MB.
    assertLess(least - before, 50e6);
  });
}

/** E[4 / cosh²(4(x + σz) − 42)] for standard normal z, on a fine grid. */
function expectedSlope(x: number, deviation: number): number {
  let sum = 0;
  const step = 1e-3;
  for (let z = -9; z <= 9; z += step) {
    const density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
    sum += step * density * 4 / Math.cosh(4 * (x + deviation * z) - 42) ** 2;
  }
  return sum;
}

const slope = (x: number) => 4 / Math.cosh(4 * x - 42) ** 2;
const curve = (x: number) => Math.tanh(4 * x - 42);

Deno.test("smoothgrad takes its noise from the range that the numbers have", async () => {
  const { model, input } = pointModel([10, 11], curve, slope);
  const options = { noise: 0.1, samples: 20_000 };
  const { words } = await explain(smoothgrad, model, input, 0, options);
  for (const [t, x] of [10, 11].entries()) {
    const expected = expectedSlope(x, 0.1) ** 2;
    assertLess(Math.abs(words[t]! / expected - 1), 0.05);
    assertGreater(expectedSlope(x, 1.1) ** 2 / expected, 2);
  }
  const [plain] = (await explain(sa, model, input, 0)).words;
  assertAlmostEquals(plain!, slope(10) ** 2, 1e-12);
});

for (const [what, numbers] of [["below 0", [-11, -10]], ["around 0", [-0.5, 0.5]]] as const) {
  Deno.test(`smoothgrad's noise does not move with numbers ${what}`, async () => {
    const shift = 10 - numbers[0];
    const moved = pointModel(numbers, (x) => curve(x + shift), (x) => slope(x + shift));
    const still = pointModel([10, 11], curve, slope);
    const [one, other] = await Promise.all(
      [moved, still].map(async ({ model, input }) =>
        (await explain(smoothgrad, model, input, 0, { noise: 0.1 })).words
      ),
    );
    one!.forEach((value, t) => assertAlmostEquals(value, other![t]!, 1e-9));
  });
}

Deno.test("a deleted word does not widen smoothgrad's noise", async () => {
  const [one, other] = await Promise.all([[10, 11], [10, 11, 0]].map(async (numbers) => {
    const { model, input } = pointModel(numbers, curve, slope);
    return (await explain(smoothgrad, model, input, 0)).words;
  }));
  assertEquals([...other!.slice(0, 2)], [...one!]);
});
