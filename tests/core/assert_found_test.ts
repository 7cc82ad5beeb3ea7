import {
  assertFound,
  type Contributions,
  defineExplainer,
  defineModel,
  explain,
  explainAll,
  finiteScores,
  type Input,
  targetScore,
} from "@heatword/core";
import { assertEquals, assertRejects, assertThrows } from "@std/assert";
import { tryMutatedResults } from "../../bench/reliability/mutated_results.ts";

const asked = { explainer: "made", length: 3 };

/** Something right in every part. */
const right: Contributions = {
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

Deno.test("assertFound() takes what is right, with and without what may be absent", () => {
  assertFound(right, asked);
  const { score, words } = right;
  assertFound({ score, words }, asked);
  assertFound({ ...right, ledger: [{ ...entry, branches: [[entry], []] }] }, asked);
  assertFound({ ...right, words: new Float64Array([1e308, -1e307, 0]) }, asked);
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
];

for (const [change, message] of wrong) {
  Deno.test(`assertFound() says what is wrong: ${message}`, () => {
    const error = assertThrows(() => assertFound({ ...right, ...change }, asked), Error);
    const { message: said } = error as Error;
    assertEquals([said.startsWith('Explainer "made" '), said.includes("\n")], [true, false]);
    assertEquals(said.includes(message), true, said);
  });
}

for (const [found, shown] of [[undefined, "undefined"], [null, "null"], [7, "7"]] as const) {
  Deno.test(`assertFound() says that ${shown} is not a result`, () => {
    assertThrows(
      () => assertFound(found, asked),
      TypeError,
      `Explainer "made" returned ${shown}, not a result`,
    );
  });
}

const model = defineModel({
  classes: ["one"],
  encode: ({ tokens }): Input => ({ length: tokens.length }),
  withoutWords: (input) => input,
  score: () => new Float64Array(1),
});
const input: Input = { length: 3 };

/** An explainer that returns anything. */
const returning = (found: unknown) =>
  defineExplainer({
    name: "made",
    description: "",
    citation: "",
    tags: { needs: "scores", signed: true, conserves: false, stochastic: false },
    options: {},
    explain: () => found as Contributions[],
  });

/** What becomes of it, for one target. */
const explained = (found: unknown) => async () => await explain(returning(found), model, input, 0);

const whose = { explainer: "made", options: {}, target: 0 };

Deno.test("explain() and explainAll() let nothing pass that is not a result", async () => {
  assertEquals(await explained([right])(), { ...right, ...whose });
  const both = await explainAll(returning([right, right]), model, input, [0, 0]);
  assertEquals(both, [{ ...right, ...whose }, { ...right, ...whose }]);
  const bad = { ...right, words: new Float64Array([NaN, 0, 0]) };
  for (
    const act of [
      explained([bad]),
      explained(Promise.resolve([bad])),
      async () => await explainAll(returning([right, bad]), model, input, [0, 0]),
    ]
  ) await assertRejects(act, RangeError, 'Explainer "made" finds words[0] to be NaN');
});

Deno.test("explain() says that there are too many results, too few, or no list of them", async () => {
  const cases = [
    [[right, right], "returned 2 results for 1 targets"],
    [[], "returned 0 results for 1 targets"],
    [right, "returned no array of results for 1 targets"],
    [undefined, "returned no array of results for 1 targets"],
    [Promise.resolve(right), "returned no array of results for 1 targets"],
    [new Array(1), "returned undefined, not a result"],
  ] as const;
  for (const [found, message] of cases) {
    await assertRejects(explained(found), TypeError, `Explainer "made" ${message}`);
  }
});

Deno.test("what is promised is waited for, but not within the list", async () => {
  assertEquals(await explained(Promise.resolve([right]))(), { ...right, ...whose });
  await assertRejects(explained(Promise.reject(new Error("too late"))), Error, "too late");
  const message = 'Explainer "made" returned a promise in its list of results';
  await assertRejects(explained([Promise.resolve(right)]), TypeError, message);
  const late = () => new Promise((_, reject) => setTimeout(() => reject(new Error("too late")), 5));
  await assertRejects(explained([late()]), TypeError, message);
  const two = async () => await explainAll(returning([7, late()]), model, input, [0, 0]);
  await assertRejects(two, TypeError, 'Explainer "made" returned 7, not a result');
  // A rejection that nobody takes would fail this test.
  await new Promise((resolve) => setTimeout(resolve, 20));
});

Deno.test("finiteScores() names the class, and targetScore() refuses what is not a number", () => {
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
