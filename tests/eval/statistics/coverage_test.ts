// Intervals hold the truth as often as they say, over many made samples.
import { Random } from "@heatword/core";
import { bootstrapped } from "@heatword/eval/trust";
import { overSeedsInterval } from "@heatword/eval/statistics";
import { assert } from "@std/assert";

/** The share of made samples whose interval holds the truth. */
function coverage(
  truth: number,
  sample: (random: Random) => readonly [low: number, high: number],
): number {
  const random = new Random(11);
  const samples = 600;
  let held = 0;
  for (let i = 0; i < samples; i++) {
    const [low, high] = sample(random.fork(i));
    if (low <= truth && truth <= high) held++;
  }
  return held / samples;
}

const assertCovers = (share: number, what: string) =>
  assert(share >= 0.93 && share <= 0.97, `${what}: ${share}`);

/** The BCa interval of the mean of 120 drawn numbers. */
const ofMean = (draw: (random: Random) => number) => (random: Random) => {
  const values = Float64Array.from({ length: 120 }, () => draw(random));
  const { low, high } = bootstrapped(values.length, (places) => {
    let sum = 0;
    for (let i = 0; i < places.length; i++) sum += values[places[i]!]!;
    return sum / places.length;
  }, { seed: random.bits(), resamples: 400 });
  return [low!, high!] as const;
};

Deno.test("BCa intervals of skewed means hold the truth in 93 to 97 % of samples", () => {
  // A correlation near 1 is such a number: nearly all near one end, and few far away.
  assertCovers(coverage(0.75, ofMean((random) => 1 - random.uniform() ** 3)), "skewed");
});

Deno.test("intervals over five trained models hold the truth in 93 to 97 % of samples", () => {
  const sample = (random: Random) => {
    const models = Array.from({ length: 5 }, () => random.normal());
    const values = models.map((own) => Array.from({ length: 20 }, () => own + random.normal()));
    const { low, high } = overSeedsInterval(values);
    return [low, high] as const;
  };
  assertCovers(coverage(0, sample), "Student's t");
});
