import { learningRate, readHyperparameters } from "@heatword/core/word-cnn";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";

Deno.test("learningRate() of the exponential schedule starts at the rate and falls each epoch", () => {
  const hyperparameters = readHyperparameters({ rate: 0.2, decay: 0.5, epochs: 4 });
  const rates = [0, 1, 2, 3].map((epoch) => learningRate(hyperparameters, epoch, 0.75));
  assertEquals(rates, [0.2, 0.1, 0.05, 0.025]);
});

Deno.test("learningRate() of the cosine schedule goes from the rate towards zero, step by step", () => {
  const hyperparameters = readHyperparameters({ rate: 2, schedule: "cosine", epochs: 4 });
  const at = (epoch: number, progress: number) => learningRate(hyperparameters, epoch, progress);
  const expected: [epoch: number, progress: number, rate: number][] = [
    [0, 0, 2],
    [0, 0.5, 1.923879532511287],
    [1, 0, 1.7071067811865475],
    [2, 0, 1],
    [3, 0, 0.2928932188134524],
    [3, 0.5, 0.07612046748871326],
  ];
  for (const [epoch, progress, rate] of expected) {
    assertAlmostEquals(at(epoch, progress), rate, 1e-12);
  }
});

Deno.test("readHyperparameters() takes the ends of each range, and nothing beyond", () => {
  const ends = [
    { filters: 1, epochs: 1, batch: 1, window: 2 },
    { l2: 0, momentum: 0, dropout: 0, wordDropout: 0, labelSmoothing: 0, averaging: 0 },
    { decay: 1, rate: 1e-300 },
    { wordDropout: 0.1, guidedDropout: 1 },
  ];
  for (const given of ends) {
    const all = readHyperparameters(given);
    for (const [name, value] of Object.entries(given)) {
      assertEquals(all[name as keyof typeof all], value);
    }
  }
  const beyond: [name: string, value: unknown][] = [
    ["filters", 0],
    ["epochs", 1.5],
    ["batch", 0],
    ["window", 1],
    ["rate", 0],
    ["rate", Infinity],
    ["l2", -1e-9],
    ["decay", 0],
    ["decay", 1.01],
    ["momentum", 1],
    ["dropout", 1],
    ["wordDropout", -0.1],
    ["labelSmoothing", 1],
    ["averaging", 1],
    ["schedule", "linear"],
    ["randomWindow", 1],
    ["relevancePenalty", -1],
    ["relevancePenalty", Infinity],
    ["guidedDropout", -0.1],
    ["guidedDropout", 1.1],
    ["guidedDropout", 0.5],
  ];
  for (const [name, value] of beyond) {
    assertThrows(
      () => readHyperparameters({ [name]: value }),
      RangeError,
      `Hyper-parameter "${name}" takes `,
    );
  }
  assertThrows(
    () => readHyperparameters({ epoch: 3 } as never),
    RangeError,
    'Unknown hyper-parameter "epoch": known are filters, epochs,',
  );
});
