import { conv1d, dense, type LinearLayer, type Tensor, tensor } from "@heatword/core";
import {
  alphaBetaRule,
  biasModes,
  epsilonRule,
  flatRule,
  gammaRule,
  propagateLinear,
  type Rule,
  wSquareRule,
  zeroRule,
  zPlusRule,
} from "@heatword/explainers/lrp";
import { assertAlmostEquals, assertLess } from "@std/assert";
import fc from "fast-check";
import { drawnNetworks } from "./_arbitrary.ts";
import {
  convolutionNeurons,
  denseNeurons,
  type Neuron,
  slowLayer,
  type SlowRule,
} from "./_slow_lrp.ts";

// Near the least number that there is, quotients overflow, and nothing is left of the relevance.
const parameter = fc.double({ min: 0, max: 3, noNaN: true }).map((x) => x < 1e-100 ? 0 : x);

const rules: Record<string, fc.Arbitrary<[Rule, SlowRule]>> = {
  zero: fc.constant([zeroRule, { rule: "zero" }]),
  epsilon: parameter.map((epsilon) => [epsilonRule(epsilon), { rule: "epsilon", epsilon }]),
  gamma: parameter.map((gamma) => [gammaRule(gamma), { rule: "gamma", gamma }]),
  "z-plus": fc.constant([zPlusRule, { rule: "z-plus" }]),
  "alpha-beta": parameter.map((beta) => [
    alphaBetaRule(1 + beta),
    { rule: "alpha-beta", alpha: 1 + beta },
  ]),
  "w-square": fc.constant([wSquareRule, { rule: "w-square" }]),
  flat: fc.constant([flatRule, { rule: "flat" }]),
};

/** A layer, its input, and the same as plain neurons. */
type Case = [layer: LinearLayer, input: Tensor, neurons: Neuron[]];

const flat = (rows: number[][]) => Float64Array.from(rows.flat());

const layers: Record<string, fc.Arbitrary<Case>> = {
  convolution: drawnNetworks().map(({ net, x }) => [
    conv1d(flat(net.convW), Float64Array.from(net.convB), 2),
    tensor(flat(x), [x.length, x[0]!.length]),
    convolutionNeurons(net, x),
  ]),
  dense: drawnNetworks().map(({ net: { fcW, fcB, convB } }) => [
    dense(flat(fcW), Float64Array.from(fcB)),
    tensor(Float64Array.from(convB), [convB.length]),
    denseNeurons(fcW, fcB, [...convB]),
  ]),
};

for (const [layerName, cases] of Object.entries(layers)) {
  for (const [ruleName, arbitraryRule] of Object.entries(rules)) {
    for (const mode of biasModes) {
      Deno.test(`propagateLinear() equals the definition: ${ruleName}, ${layerName}, ${mode}`, () => {
        fc.assert(
          fc.property(
            cases,
            arbitraryRule,
            fc.infiniteStream(fc.double({ min: -2, max: 2, noNaN: true })),
            ([layer, input, neurons], [rule, slowRule], stream) => {
              const above = neurons.map(() => stream.next().value as number);
              const { relevance, entry } = propagateLinear(
                layer,
                rule,
                mode,
                input,
                layer.forward(input),
                Float64Array.from(above),
              );
              const slow = slowLayer(neurons, above, input.data.length, slowRule, mode);
              const sum = (values: readonly number[]) => values.reduce((a, b) => a + b, 0);
              const near = (actual: number, expected: number) =>
                assertLess(Math.abs(actual - expected), 1e-9 * slow.largest);
              slow.relevance.forEach((value, i) => near(relevance[i]!, value));
              near(entry.received, sum(above));
              near(entry.passed, sum(slow.relevance));
              near(entry.bias, slow.bias);
              near(entry.stabilizer, slow.stabilizer);
              const lost = mode === "share" ? 0 : entry.bias + entry.stabilizer;
              near(entry.received - lost, entry.passed);
            },
          ),
          { numRuns: 60 },
        );
      });
    }
  }
}

Deno.test("propagateLinear() shares relevance out equally where nothing tells the inputs apart", () => {
  const layer = dense(Float64Array.of(1, 2, 3, 4), Float64Array.of(0));
  const input = tensor(new Float64Array(4), [4]);
  const above = Float64Array.of(8);
  const run = (mode: "share" | "absorb") =>
    propagateLinear(layer, zeroRule, mode, input, layer.forward(input), above);
  assertAlmostEquals(run("share").relevance[3]!, 2);
  assertAlmostEquals(run("share").entry.stabilizer, 8);
  assertAlmostEquals(run("absorb").relevance[3]!, 0);
});

Deno.test("propagateLinear() takes the stabiliser as positive where the pre-activation is zero", () => {
  const layer = dense(Float64Array.of(1, 1), Float64Array.of(0));
  const input = tensor(Float64Array.of(3, -3), [2]);
  const { relevance } = propagateLinear(
    layer,
    epsilonRule(0.5),
    "share",
    input,
    layer.forward(input),
    Float64Array.of(1),
  );
  // (±3 + 0.5/2) / 0.5
  assertAlmostEquals(relevance[0]!, 6.5, 1e-12);
  assertAlmostEquals(relevance[1]!, -5.5, 1e-12);
});
