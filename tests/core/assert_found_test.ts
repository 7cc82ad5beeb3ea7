import { assertEquals, assertThrows } from "@std/assert";
import {
  assertRelevance,
  explain,
  explainAll,
  type Explainer,
  finiteScores,
  type Input,
  type Model,
  recomputingPerturbation,
  type Relevance,
  targetScore,
} from "@heatword/core";
import { tryMutatedResults } from "../../bench/reliability/mutated_results.ts";

const asked = { explainer: "made", target: 0, length: 3 };

/** Something right in every part. */
const right: Relevance = {
  explainer: "made",
  options: { seed: 1, detail: "values", fast: true },
  target: 0,
  score: -0,
  words: new Float64Array([1, -2, 0]),
  pooling: "sum",
  values: new Float32Array([1, 0, -2, 0, 0, 0]),
  dimensions: 2,
  standardErrors: new Float64Array([0, 1, 2]),
  expectedSum: -1,
  ledger: [{ layer: "a", rule: "r", received: 1, passed: 1, bias: 0, stabilizer: 0 }],
};
const entry = right.ledger![0]!;

Deno.test("assertRelevance() takes what is right, with and without what may be absent", () => {
  assertRelevance(right, asked);
  const { explainer, options, target, score, words } = right;
  assertRelevance({ explainer, options, target, score, words }, asked);
  assertRelevance({ ...right, ledger: [{ ...entry, branches: [[entry], []] }] }, asked);
  assertRelevance(
    { ...right, target: { of: 2, against: 1 } },
    { ...asked, target: { of: 2, against: 1 } },
  );
  assertRelevance({ ...right, words: new Float64Array([1e308, -1e307, 0]) }, asked);
});

const wrong: readonly [change: Record<string, unknown>, message: string][] = [
  [{ score: NaN }, "finds the score to be NaN"],
  [{ score: "1" }, 'returned the score as "1", not a number'],
  [{ words: new Float64Array([1, Infinity, 0]) }, "finds words[1] to be Infinity"],
  [{ words: new Float64Array(2) }, 'returned 2 numbers in "words", not 3'],
  [{ words: [1, 2, 3] }, 'returned "words" as an array, not a Float64Array'],
  [{ words: new Float64Array([1e308, -1e308, 0]) }, "the sum of the words' sizes to be Infinity"],
  [{ expectedSum: 1.7e308, words: new Float64Array([1e308, 0, 0]) }, "sizes to be Infinity"],
  [{ expectedSum: NaN }, "finds the expected sum to be NaN"],
  [{ expectedSum: null }, "returned the expected sum as null, not a number"],
  [{ values: new Float32Array([1, 0, -2, 0, NaN, 0]) }, "finds values[4] to be NaN"],
  [{ values: new Float32Array(7) }, 'returned 7 numbers in "values", not 6'],
  [{ values: [1, 0, -2, 0, 0, 0] }, 'returned "values" as an array'],
  [{ dimensions: 1.5 }, 'returned "dimensions" as 1.5'],
  [{ dimensions: undefined }, 'returned "dimensions" as undefined'],
  [{ pooling: "mean" }, 'returned "pooling" as "mean", not one of sum'],
  [{ standardErrors: new Float64Array([0, NaN, 0]) }, "finds standardErrors[1] to be NaN"],
  [{ standardErrors: new Float64Array(4) }, '4 numbers in "standardErrors", not 3'],
  [{ standardErrors: new Float64Array([0, -1, 0]) }, "returned -1 as standardErrors[1]"],
  [{ options: { seed: NaN } }, "finds options.seed to be NaN"],
  [{ options: { seed: null } }, "returned options.seed as null, not a number"],
  [{ options: null }, 'returned "options" as null, not an object'],
  [{ ledger: {} }, 'returned "ledger" as an object, not an array'],
  [{ ledger: new Array(1) }, "returned ledger[0] as undefined, not an object"],
  [{ ledger: [{ ...entry, bias: NaN }] }, "finds ledger[0].bias to be NaN"],
  [{ ledger: [{ ...entry, rule: 1 }] }, "returned ledger[0].rule as 1, not a string"],
  [
    { ledger: [{ ...entry, branches: [[entry], [{ ...entry, passed: Infinity }]] }] },
    "finds ledger[0].branches[1][0].passed to be Infinity",
  ],
  [{ extra: -Infinity }, "finds extra to be -Infinity"],
  [{ ledger: [{ ...entry, extra: NaN }] }, "finds ledger[0].extra to be NaN"],
  [{ explainer: "other" }, 'returned a relevance by "other"'],
  [{ target: 1 }, "returned a relevance for the target 1, which was not asked for"],
];

for (const [change, message] of wrong) {
  Deno.test(`assertRelevance() says what is wrong: ${message}`, () => {
    const error = assertThrows(() => assertRelevance({ ...right, ...change }, asked), Error);
    const { message: said } = error as Error;
    assertEquals([said.startsWith('Explainer "made" '), said.includes("\n")], [true, false]);
    assertEquals(said.includes(message), true, said);
  });
}

const model: Model = {
  classes: ["one"],
  encode: ({ tokens }) => ({ length: tokens.length }),
  scores: () => new Float64Array(1),
  withoutWords: (input) => input,
  perturb: (input) => recomputingPerturbation(model, input),
};
const input: Input = { length: 3 };

/** An explainer that returns anything. */
const returning = (found: unknown, foundAll?: unknown): Explainer => ({
  name: "made",
  description: "",
  citation: "",
  tags: { needs: "scores", signed: true, conserves: false, stochastic: false },
  options: {},
  explain: () => found as Relevance,
  ...(foundAll !== undefined && { explainAll: () => foundAll as Relevance[] }),
});

Deno.test("explain() and explainAll() let nothing pass that is no relevance", async () => {
  assertEquals(await explain(returning(right), model, input, 0), right);
  assertEquals(await explainAll(returning(right, [right]), model, input, [0]), [right]);
  const bad = { ...right, words: new Float64Array([NaN, 0, 0]) };
  for (
    const act of [
      async () => await explain(returning(bad), model, input, 0),
      async () => await explainAll(returning(bad), model, input, [0]),
      async () => await explainAll(returning(right, [bad]), model, input, [0]),
    ]
  ) assertThrows(act, RangeError, 'Explainer "made" finds words[0] to be NaN');
  const all = (found: unknown) => async () =>
    await explainAll(returning(right, found), model, input, [0]);
  assertThrows(all([right, right]), TypeError, "returned 2 relevances for 1 targets");
  assertThrows(all(right), TypeError, "returned no array of relevances for 1 targets");
});

Deno.test("a promise is named for what it is, and may be rejected later", async () => {
  const late = () => Promise.reject(new Error("too late"));
  for (
    const act of [
      async () => await explain(returning(late()), model, input, 0),
      async () => await explainAll(returning(late()), model, input, [0]),
      async () => await explainAll(returning(right, late()), model, input, [0]),
    ]
  ) assertThrows(act, TypeError, 'Explainer "made" returned a promise');
  // A rejection that nobody takes would fail this test.
  await new Promise((resolve) => setTimeout(resolve, 10));
});

Deno.test("finiteScores() names the class, and targetScore() refuses what is no number", () => {
  const classes = ["up", "down"];
  const scores = new Float32Array([1, -3.5e38]);
  assertThrows(
    () => finiteScores(scores, classes, 'the text "7"'),
    RangeError,
    'The model gives the text "7" the score -Infinity for class "down"',
  );
  assertEquals(finiteScores(scores.subarray(0, 1), classes), scores.subarray(0, 1));
  assertEquals(targetScore(0, scores), 1);
  assertThrows(() => targetScore(1, scores), RangeError, "class 1: its score is -Infinity");
  assertThrows(() => targetScore({ of: 0, against: 1 }, scores), RangeError, "is Infinity");
});

Deno.test("of 2,000 results damaged at random each is refused or sound down to the file", async () => {
  const { caught, valid, faults } = await tryMutatedResults(2000, 5);
  assertEquals(faults, []);
  assertEquals(caught + valid, 2000);
  assertEquals(caught > 1000 && valid > 100, true);
});
