import { explain, type Relevance } from "@heatword/core";
import "@heatword/explainers";
import { assert, assertLess } from "@std/assert";
import { type Fixture, inShapeOf, largestDifference, modelOf, readFixtures } from "./_fixtures.ts";
import type { Net } from "./_model.ts";

/** How an answer is computed here, and which part of it must agree. */
interface Column {
  readonly name: RegExp;
  readonly explainer: string;
  readonly options?: (fixture: Fixture) => Record<string, unknown>;
  /**
   * What the columns are compared on: `all` numbers, or only the `sum` where the other
   * implementation breaks ties in another way, which moves relevance but does not change its sum.
   */
  readonly compare?: (facts: Facts) => "all" | "sum";
}

/** What the convolution says about how much ties matter. */
interface Facts {
  /** A filter has its largest positive value at two positions. */
  readonly positiveTies: boolean;
  /** A filter is zero at all of several positions after ReLU. */
  readonly dead: boolean;
}

function factsOf({ convW, convB }: Net, x: readonly number[][]): Facts {
  const dimensions = convW.length / 2;
  let positiveTies = false;
  let dead = false;
  for (let f = 0; f < convB.length; f++) {
    const z = x.slice(0, -1).map((row, t) => {
      const window = [...row, ...x[t + 1]!];
      return window.reduce((sum, value, i) => sum + value * convW[i]![f]!, convB[f]!);
    });
    const most = Math.max(...z);
    if (z.length < 2) continue;
    // A tie of equal windows is exact; rounding of another order of summation is allowed for.
    if (most > 0 && z.filter((value) => most - value < 1e-12).length > 1) positiveTies = true;
    if (most <= 0) dead = true;
  }
  assert(dimensions > 0);
  return { positiveTies, dead };
}

const epsilon = (bias: string) => (fixture: Fixture) => ({ epsilon: fixture.epsilon, bias });

const columns: readonly Column[] = [
  { name: /^paper_preact/, explainer: "lrp", options: epsilon("share") },
  // Dead filters keep their shares at the first position, or split them: only the sum is ours.
  {
    name: /^paper_(first|split)/,
    explainer: "lrp",
    options: epsilon("share"),
    compare: ({ positiveTies, dead }) => positiveTies || dead ? "sum" : "all",
  },
  // Without shares nothing goes to a dead filter, so only positive ties matter, which the toolbox
  // shares out.
  {
    name: /^lrp_toolbox_epsilon/,
    explainer: "lrp",
    options: epsilon("absorb"),
    compare: ({ positiveTies }) => positiveTies ? "sum" : "all",
  },
  // The toolbox's "simple" rule is the ε-rule with ε = 1e-16.
  {
    name: /^lrp_toolbox_simple/,
    explainer: "lrp",
    options: () => ({ epsilon: 1e-16, bias: "absorb" }),
    compare: ({ positiveTies }) => positiveTies ? "sum" : "all",
  },
  // These take the first of equals, as we do.
  { name: /^arras_bias0_first/, explainer: "lrp", options: epsilon("absorb") },
  { name: /captum_lrp/, explainer: "lrp", options: epsilon("absorb") },
  { name: /zennit_epsilon$/, explainer: "lrp", options: epsilon("absorb") },
  { name: /zennit_epsilon_zerobias/, explainer: "lrp", options: epsilon("ignore") },
];

function check(fixture: Fixture, precision: "float64" | "float32", tolerance: number) {
  const { model, input } = modelOf(fixture, precision);
  const scores = [...model.scores(input)];
  assertLess(largestDifference(scores, fixture.scores), tolerance, "scores");
  const facts = factsOf(fixture.net, fixture.x);
  const cache = new Map<string, Relevance>();
  const run = (explainer: string, options: Record<string, unknown>) => {
    const key = JSON.stringify([explainer, options]);
    if (!cache.has(key)) cache.set(key, explain(explainer, model, input, fixture.target, options));
    return cache.get(key)!;
  };
  for (const answer of fixture.answers) {
    const what = `${fixture.name}, ${answer.name}, ${answer.kind}, ${precision}`;
    const gradient = /^torch_gradient(_sq_l2)?$/.exec(answer.name);
    const column = columns.find(({ name }) => name.test(answer.name));
    if (gradient && answer.kind === "words") {
      const difference = largestDifference([...run("sa", {}).words], answer.data);
      assertLess(difference, tolerance, `${what}: off by ${difference}`);
    } else if (gradient) {
      // The squared derivatives must be the squares of the answer.
      const actual = inShapeOf(run("sa", {}), answer, input.dimensions);
      const difference = largestDifference(actual, answer.data.map((g) => g * g));
      assertLess(difference, tolerance, `${what}: off by ${difference}`);
    } else if (column) {
      const relevance = run(column.explainer, column.options?.(fixture) ?? {});
      const actual = inShapeOf(relevance, answer, input.dimensions);
      const sum = (list: readonly number[]) => list.reduce((total, value) => total + value, 0);
      const difference = (column.compare?.(facts) ?? "all") === "all"
        ? largestDifference(actual, answer.data)
        : largestDifference([sum(actual)], [sum(answer.data)]);
      assertLess(difference, tolerance, `${what}: off by ${difference}`);
    } else {
      console.log(`not compared: "${answer.name}" of ${fixture.name} is not known here`);
    }
  }
}

for (const fixture of readFixtures()) {
  Deno.test(`explainers agree with reference network ${fixture.name} in float64`, () => {
    check(fixture, "float64", 1e-10);
  });
  Deno.test(`explainers agree with reference network ${fixture.name} in float32`, () => {
    check(fixture, "float32", fixture.answers.some((a) => a.kind === "words") ? 1e-6 : 1e-5);
  });
}
