import {
  explain,
  type LayeredModel,
  type Relevance,
  targetWeights,
  type VectorInput,
} from "@heatword/core";
import { gaussLegendre } from "@heatword/explainers";
import { assert, assertLess } from "@std/assert";
import { testWith } from "../_skip.ts";
import {
  type Fixture,
  inShapeOf,
  lacks,
  largestDifference,
  modelOf,
  readFixtures,
} from "./_fixtures.ts";
import type { Net } from "./_model.ts";

/** How an answer is computed here, and which part of it must agree. */
interface Column {
  readonly name: RegExp;
  readonly explainer: string;
  readonly options?: (fixture: Fixture) => Record<string, unknown>;
  /** A larger tolerance in float64, where the other implementation is less exact. */
  readonly looser?: number;
  /** What the answer says of what the explainer gives, where that is not the same number. */
  readonly convert?: (value: number) => number;
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
  /** A filter is below its value for the empty text at all of several positions. */
  readonly belowEmpty: boolean;
}

/**
 * Captum keeps the nodes and weights of its quadrature in float32: its weights do not sum to 1, and
 * where the gradient is constant (no biases) its relevances are off by that. The same steps, rounded
 * the same way, give its numbers.
 */
async function roundedIntegratedGradients(model: LayeredModel, input: VectorInput, target: number) {
  const { nodes, weights } = gaussLegendre(50);
  const sum = new Float64Array(input.vectors.length);
  for (const [k, node] of nodes.entries()) {
    const point = input.vectors.map((x) => Math.fround(node) * x);
    const gradient = await model.gradient(
      model.withVectors(input, point),
      targetWeights(target, model.classes.length),
    );
    gradient.forEach((value, i) => sum[i]! += Math.fround(weights[k]!) * value * input.vectors[i]!);
  }
  return sum;
}

const square = (value: number) => value * value;

function factsOf({ convW, convB }: Net, x: readonly number[][]): Facts {
  let positiveTies = false;
  let dead = false;
  let belowEmpty = false;
  for (let f = 0; f < convB.length; f++) {
    const z = x.slice(0, -1).map((row, t) => {
      const window = [...row, ...x[t + 1]!];
      return window.reduce((sum, value, i) => sum + value * convW[i]![f]!, convB[f]!);
    });
    const max = Math.max(...z);
    if (z.length < 2) continue;
    // A tie of equal windows is exact; rounding of another order of summation is allowed for.
    if (max > 0 && z.filter((value) => max - value < 1e-12).length > 1) positiveTies = true;
    if (max <= 0) dead = true;
    if (max < convB[f]! && convB[f]! > 0) belowEmpty = true;
  }
  return { positiveTies, dead, belowEmpty };
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
  { name: /gradient_sq_l2/, explainer: "sa" },
  {
    name: /integrated_gradients/,
    explainer: "integrated-gradients",
    // Other programs take just the given points.
    options: () => ({ steps: 50, exact: false }),
    looser: 1e-8,
  },
  { name: /gradient_(x|times)_input|input_(x|times)_gradient/, explainer: "gradient-input" },
  { name: /^(torch|numpy)_gradient$/, explainer: "sa", convert: square },
  // The empty text's windows all tie. Captum takes the first as the winner of the reference; here it
  // is the input's winner, since it wins both.
  {
    name: /deeplift/,
    explainer: "deeplift",
    compare: ({ belowEmpty }) => belowEmpty ? "sum" : "all",
  },
  { name: /ablation|occlusion|leave_one_out/, explainer: "occlusion" },
  { name: /shapley/, explainer: "shapley" },
];

async function check(
  fixture: Fixture,
  precision: "float64" | "float32",
  kind: "layers" | "word-CNN",
  tolerance: number,
) {
  const { model, input } = modelOf(fixture, precision, kind);
  const scores = [...await model.scores(input)];
  assertLess(largestDifference(scores, fixture.scores), tolerance, "scores");
  const facts = factsOf(fixture.net, fixture.x);
  const cache = new Map<string, Relevance>();
  const run = async (explainer: string, options: Record<string, unknown>) => {
    const key = JSON.stringify([explainer, options]);
    if (!cache.has(key)) {
      cache.set(key, await explain(explainer, model, input, fixture.target, options));
    }
    return cache.get(key)!;
  };
  for (const answer of fixture.answers) {
    const captum = answer.name === "torch_integrated_gradients" && answer.kind === "values";
    if (captum && precision === "float64") {
      const same = await roundedIntegratedGradients(model, input, fixture.target);
      assertLess(largestDifference([...same], answer.data), tolerance, "rounded steps");
    }
    const what = `${fixture.name}, ${answer.name}, ${answer.kind}, ${precision}`;
    const column = columns.find(({ name }) => name.test(answer.name));
    const compare = column?.compare?.(facts) ?? "all";
    if (column) {
      const relevance = await run(column.explainer, column.options?.(fixture) ?? {});
      const actual = inShapeOf(relevance, answer, input.dimensions);
      const expected = column.convert ? answer.data.map(column.convert) : answer.data;
      const sum = (list: readonly number[]) => [list.reduce((total, value) => total + value, 0)];
      const difference = compare === "all"
        ? largestDifference(actual, expected)
        : largestDifference(sum(actual), sum(expected));
      const allowed = Math.max(tolerance, column.looser ?? 0);
      assertLess(difference, allowed, `${what}: off by ${difference}`);
    } else {
      console.log(`not compared: "${answer.name}" of ${fixture.name} is not known here`);
    }
  }
}

testWith(lacks, "there are answers of reference networks", () => {
  assert(readFixtures().length > 0);
});

for (const fixture of readFixtures()) {
  for (const kind of ["layers", "word-CNN"] as const) {
    Deno.test(`explainers agree with reference network ${fixture.name}, ${kind}, float64`, async () => {
      await check(fixture, "float64", kind, 1e-10);
    });
    Deno.test(`explainers agree with reference network ${fixture.name}, ${kind}, float32`, async () => {
      // Small networks with a pre-activation near zero amplify rounding.
      const full = fixture.net.convB.length >= 100;
      await check(fixture, "float32", kind, full ? 1e-6 : 1e-4);
    });
  }
}
