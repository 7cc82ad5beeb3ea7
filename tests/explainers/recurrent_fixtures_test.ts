// Networks with recurrent layers against answers of other implementations, for every file there is.
import {
  explainAll,
  type LayeredModel,
  type LedgerEntry,
  type Relevance,
  type VectorInput,
} from "@heatword/core";
import "@heatword/explainers";
import { assert, assertLess } from "@std/assert";
import { testWith } from "../_skip.ts";
import { fixtureNames, type Json, lacks, networkOf, readFixture } from "./_recurrent_fixtures.ts";

/** The largest difference between nested lists, over the largest number in them or 1. */
function difference(actual: ArrayLike<number>, expected: Json, by = 1): number {
  const list: number[] = expected.flat(Infinity);
  if (actual.length !== list.length) return NaN;
  const scale = Math.max(by, ...list.map(Math.abs));
  return list.reduce((worst, value, i) => {
    const off = Math.abs(actual[i]! - value) / scale;
    return off > worst || Number.isNaN(off) ? off : worst;
  }, 0);
}

function close(actual: ArrayLike<number>, expected: Json, tolerance: number, what: string) {
  const off = difference(actual, expected);
  assert(off <= tolerance, `${what}: off by ${off}`);
}

const words = (found: readonly Relevance[]) => found.flatMap(({ words }) => [...words]);

/** What remains at the states before the first word, over all layers. */
function leftIn(ledger: readonly LedgerEntry[]): number {
  return ledger.reduce((sum, { initialStates = {}, branches = [] }) => {
    const own = Object.values(initialStates).reduce((all, value) => all + value, 0);
    return sum + own + branches.reduce((all, branch) => all + leftIn(branch), 0);
  }, 0);
}

/** Every rule of a fixture, by its options. */
function rulesOf(lrp: Json): { options: Record<string, Json>; answer: Json; name: string }[] {
  return Object.entries(lrp).flatMap(([bias, byEpsilon]: [string, Json]) =>
    Object.entries(byEpsilon).flatMap(([epsilon, byRule]: [string, Json]) =>
      Object.entries(byRule).map(([gates, answer]) => ({
        name: `${bias} ${epsilon} ${gates}`,
        options: { bias, epsilon: Number(epsilon), gates },
        answer,
      }))
    )
  );
}

async function checkRules(
  lrp: Json,
  model: LayeredModel,
  input: VectorInput,
  target: number,
  name: string,
) {
  const targets = model.classes.map((_, c) => c);
  for (const { options, answer, name: rule } of rulesOf(lrp)) {
    const what = `${name}, LRP ${rule}`;
    const found = await explainAll("lrp", model, input, targets, options);
    close(
      words(found),
      Array.isArray(answer.words[0]) ? answer.words : [answer.words],
      1e-10,
      what,
    );
    const own = found[target]!;
    if (answer.relevance) {
      const given = answer.relevance.row0 ?? answer.relevance;
      close(own.values!.subarray(0, given.flat().length), given, 1e-10, `${what}, values`);
    }
    const scale = Math.max(1, ...own.words.map(Math.abs));
    assertLess(Math.abs(leftIn(own.ledger!) - answer.left), 1e-10 * scale, `${what}, left`);
    if (options.bias === "share") {
      const sum = own.words.reduce((all, value) => all + value, 0);
      assertLess(Math.abs(sum - own.expectedSum!), 1e-10 * scale, `${what}, sum`);
      const rest = own.keptByBiases ?? 0;
      assertLess(Math.abs(own.expectedSum! + rest - own.score), 1e-10 * scale, `${what}, rest`);
    }
  }
}

async function checkNetwork(name: string, json: Json): Promise<void> {
  const { model, input } = networkOf(json);
  const targets = model.classes.map((_, c) => c);
  close(await model.scores(input), json.scores, 1e-12, `${name}, scores`);
  for (const c of targets) {
    const gradient = await model.gradient(
      input,
      Float64Array.from(targets, (k) => k === c ? 1 : 0),
    );
    if (json.gradient.row0) {
      if (c === json.target) {
        close(
          gradient.subarray(0, input.dimensions),
          json.gradient.row0,
          1e-12,
          `${name}, gradient`,
        );
      }
    } else close(gradient, json.gradient[c], 1e-12, `${name}, gradient of ${c}`);
  }
  const integral = { steps: 50, exact: false };
  for (
    const [explainer, answer, options] of [
      ["gradient-input", json.gradient_x_input.words],
      ["occlusion", json.occlusion],
      [
        "integrated-gradients",
        (json.integrated_gradients.gauss_legendre_50 ?? json.integrated_gradients).words,
        integral,
      ],
      ["shapley", json.shapley],
    ]
  ) {
    if (!answer) continue;
    // Of a long text one class is enough for what takes many passes.
    const asked = input.length > 20 ? [json.target] : targets;
    const found = await explainAll(explainer, model, input, asked, options);
    close(words(found), asked.map((c: number) => answer[c]), 1e-10, `${name}, ${explainer}`);
  }
  await checkRules(json.lrp, model, input, json.target, name);
}

async function checkToy(name: string, json: Json): Promise<void> {
  for (const [i, sequence] of json.sequences.entries()) {
    const { model, input } = networkOf(json, sequence.x);
    const what = `${name}, sequence ${i}`;
    close(await model.scores(input), sequence.score, 1e-12, `${what}, scores`);
    await checkRules(sequence.lrp, model, input, 0, what);
    if (sequence.shapley) {
      close(words(await explainAll("shapley", model, input, [0])), sequence.shapley, 1e-10, what);
    }
  }
}

testWith(lacks, "there are answers of reference networks with recurrent layers", () => {
  assert(fixtureNames().length > 0);
});

for (const name of fixtureNames()) {
  Deno.test(`layers and explainers agree with recurrent reference network ${name}`, async () => {
    const json = readFixture(name);
    await (json.sequences ? checkToy(name, json) : checkNetwork(name, json));
  });
}
