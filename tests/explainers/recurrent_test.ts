import {
  activations,
  bidirectional,
  type Cell,
  Coalitions,
  conv1d,
  dense,
  explain,
  explainAll,
  type Layer,
  maxOverTime,
  merge,
  mergeModes,
  Random,
  recurrent,
  relu,
  sigmoid,
} from "@heatword/core";
import { outputsOf } from "../../core/network.ts";
import { networkModel } from "@heatword/explainers/check";
import { productRules, propagateRecurrent } from "@heatword/explainers/lrp";
import "@heatword/explainers";
import { assertAlmostEquals, assertEquals, assertLess, assertRejects } from "@std/assert";
import { drawn } from "../core/layers/_check_layer.ts";
import { cellOf } from "../core/layers/_recurrent_cells.ts";
import { drawCell, type Kind, kinds } from "../core/layers/_slow_recurrent.ts";
import { slowRecurrentLrp } from "./_slow_recurrent_lrp.ts";

const sum = (values: ArrayLike<number>) => Array.from(values).reduce((a, b) => a + b, 0);

function model(layers: readonly Layer[], dimensions: number, classes = 3) {
  return networkModel({
    classes: Array.from({ length: classes }, (_, c) => `class ${c}`),
    layers,
    dimensions,
    minLength: 0,
    vectorOf: () => undefined,
  });
}

const inputOf = (length: number, dimensions: number, seed = 1) => ({
  length,
  dimensions,
  vectors: drawn([length, dimensions], seed).data,
});

const drawDense = (inputs: number, seed: number, classes = 3) =>
  dense(drawn([inputs, classes], seed).data, drawn([classes], seed + 1).data, "dense");

Deno.test("lrp takes relevance through recurrent cells as each rule is defined", () => {
  for (let seed = 0; seed < 96; seed++) {
    const random = new Random(seed);
    const kind = kinds[seed % 4]!;
    const gates = productRules[Math.floor(seed / 4) % 4]!;
    const bias = (["share", "absorb", "ignore"] as const)[Math.floor(seed / 16) % 3]!;
    const rules = { epsilon: seed % 2 === 0 ? 0.01 : 0.1, gates };
    const [dimensions, units] = [1 + random.below(3), 1 + random.below(3)];
    const length = 1 + random.below(4);
    const slow = drawCell(kind, dimensions, units, random);
    const returnSequences = random.below(2) === 1;
    const goBackwards = random.below(2) === 1;
    const mask = Array.from({ length }, () => random.below(4) > 0);
    const input = drawn([length, dimensions], seed);
    const layer = recurrent(cellOf(slow), { returnSequences, goBackwards, mask });
    const output = layer.forward(input);
    const above = Float64Array.from(drawn(output.shape, seed + 1).data);
    const found = propagateRecurrent(layer, rules, bias, input, {
      relevance: above,
      multipliers: () => above,
    });
    const order = <T>(list: readonly T[]) => goBackwards ? list.toReversed() : list;
    const rows = Array.from(
      { length },
      (_, t) => [...input.data.slice(t * dimensions, (t + 1) * dimensions)],
    );
    const states = Array.from({ length }, (_, t) => {
      if (returnSequences) return [...above.slice(t * units, (t + 1) * units)];
      return t === length - 1 ? [...above] : Array.from({ length: units }, () => 0);
    });
    const expected = slowRecurrentLrp(slow, order(rows), states, { ...rules, bias }, order(mask));
    const list = order(expected.words).flat();
    const scale = Math.max(1, ...list.map(Math.abs));
    const what = `seed ${seed}, ${kind}, ${gates}, ${bias}`;
    list.forEach((value, i) =>
      assertLess(Math.abs(found.relevance[i]! - value), 1e-10 * scale, `${what}, ${i}`)
    );
    const { initialStates = {}, received, passed, kept = 0 } = found.entry;
    for (const [name, value] of Object.entries(initialStates)) {
      const left = expected.left[name as "h" | "c"];
      assertLess(Math.abs(value - sum(left)), 1e-10 * scale, `${what}, ${name}`);
    }
    if (bias === "share") assertLess(Math.abs(received - passed - kept), 1e-10 * scale, what);
    // What a number has in proportion to its value is its multiplier.
    if (bias !== "share") {
      found.multipliers().forEach((multiplier, i) =>
        assertLess(Math.abs(multiplier * input.data[i]! - list[i]!), 1e-10 * scale, what)
      );
    }
  }
});

/** A drawn stack of recurrent layers. */
function stack(seed: number, dimensions: number): Layer[] {
  const random = new Random(seed);
  const layers: Layer[] = [];
  let size = dimensions;
  const make = (units: number) =>
    cellOf(drawCell(kinds[random.below(4)]! as Kind, size, units, random));
  const depth = 1 + random.below(2);
  for (let i = 0; i < depth; i++) {
    const returnSequences = i + 1 < depth || random.below(2) === 1;
    const units = 1 + random.below(4);
    const mergeMode = mergeModes[random.below(4)]!;
    if (random.below(2) === 1) {
      layers.push(bidirectional(make(units), make(units), { returnSequences, mergeMode }));
      size = mergeMode === "concat" ? 2 * units : units;
    } else {
      const goBackwards = random.below(2) === 1;
      layers.push(recurrent(make(units), { returnSequences, goBackwards }, `states ${i}`));
      size = units;
    }
    if (!returnSequences) break;
    if (random.below(3) === 0) layers.push(merge([[], [relu()]], "sum", `residual ${i}`));
    if (i + 1 === depth) layers.push(maxOverTime());
  }
  return [...layers, drawDense(size, seed)];
}

Deno.test("gradients and sums are right on drawn recurrent networks", async () => {
  for (let seed = 0; seed < 30; seed++) {
    const dimensions = 1 + seed % 3;
    const network = model(stack(seed, dimensions), dimensions);
    // A maximum over no word is none.
    for (const length of seed === 0 ? [1, 2, 400] : [1, 2, 5]) {
      const input = inputOf(length, dimensions, seed);
      const scores = await network.scores(input);
      const weights = Float64Array.of(0.3, -1, 0.5);
      const gradient = await network.gradient(input, weights);
      const h = 1e-6;
      for (const i of [0, gradient.length - 1]) {
        const at = (step: number) => {
          const vectors = input.vectors.slice();
          vectors[i]! += step;
          return sum(Array.from(network.scores({ ...input, vectors }), (s, c) => s * weights[c]!));
        };
        assertAlmostEquals(gradient[i]!, (at(h) - at(-h)) / (2 * h), 1e-6);
      }
      for (const gates of productRules) {
        const all = await explainAll("lrp", network, input, [0, { of: 1, against: 2 }], { gates });
        for (const { words, keptByBiases = 0, score, ledger } of all) {
          const largest = Math.max(
            1,
            ...words.map(Math.abs),
            ...ledger!.map(({ passed }) => Math.abs(passed)),
          );
          assertLess(
            Math.abs(sum(words) + keptByBiases - score),
            1e-10 * largest,
            `seed ${seed}, ${gates}`,
          );
        }
      }
      const { words, expectedSum } = await explain("deeplift", network, input, 1);
      assertLess(Math.abs(sum(words) - expectedSum!), 1e-9 * Math.max(1, ...words.map(Math.abs)));
      assertEquals(scores.length, 3);
    }
  }
});

/** A drawn stack that ends with a last state, for texts of which some rows are padding. */
function maskedStack(seed: number, dimensions: number, mask?: readonly number[]): Layer[] {
  const random = new Random(seed);
  const padding = mask && { mask };
  const layers: Layer[] = [];
  let size = dimensions;
  for (let depth = random.below(3); depth >= 0; depth--) {
    const units = 1 + random.below(4);
    const cells = [0, 1].map(() =>
      cellOf(drawCell(kinds[random.below(4)]! as Kind, size, units, random))
    ) as [Cell, Cell];
    const returnSequences = depth > 0;
    const mergeMode = mergeModes[random.below(4)]!;
    const goBackwards = !returnSequences && random.below(2) === 1;
    const isBoth = random.below(2) === 1;
    layers.push(
      isBoth
        ? bidirectional(...cells, { returnSequences, mergeMode, ...padding })
        : recurrent(cells[0], { returnSequences, goBackwards, ...padding }),
    );
    size = isBoth && mergeMode === "concat" ? 2 * units : units;
  }
  return [...layers, drawDense(size, seed)];
}

Deno.test("padding anywhere in a text changes nothing of drawn stacks, alone or side by side", async () => {
  for (let seed = 0; seed < 24; seed++) {
    const random = new Random(100 + seed);
    const dimensions = 1 + seed % 3;
    const length = seed === 0 ? 400 : 1 + random.below(9);
    const mask = Array.from({ length }, () => random.below(3) === 0 ? 0 : 1);
    const input = inputOf(length, dimensions, seed);
    const left = mask.flatMap((isWord, t) => isWord ? [t] : []);
    const row = (t: number) => [
      ...input.vectors.subarray(t * dimensions, (t + 1) * dimensions),
    ];
    const words = { ...input, length: left.length, vectors: Float64Array.from(left.flatMap(row)) };
    const layers = maskedStack(seed, dimensions, mask);
    const padded = model(layers, dimensions);
    const plain = model(maskedStack(seed, dimensions), dimensions);
    assertEquals(padded.scores(input), plain.scores(words), `seed ${seed}`);
    const gates = productRules[seed % productRules.length]!;
    for (const [explainer, options] of [["lrp", { gates }], ["gradient-input", {}]] as const) {
      const all = await explain(explainer, padded, input, 1, options);
      const alone = await explain(explainer, plain, words, 1, options);
      const largest = Math.max(1, ...alone.words.map(Math.abs));
      let at = 0;
      all.words.forEach((value, t) => {
        const expected = mask[t] ? alone.words[at++]! : 0;
        assertLess(Math.abs(value - expected), 1e-10 * largest, `${explainer}, seed ${seed}`);
      });
      if (explainer === "gradient-input") continue;
      assertLess(
        Math.abs(sum(all.words) + (all.keptByBiases ?? 0) - all.score),
        1e-10 * largest * length,
        `seed ${seed}, ${gates}`,
      );
    }
    // Other texts beside it make no difference.
    const tensors = [0, 1, 2].map((change) => {
      const data = input.vectors.map((value) => value * (1 - change));
      return { shape: [length, dimensions], data };
    });
    outputsOf(layers, tensors).forEach(({ data }, i) =>
      assertEquals(data, activations(layers, tensors[i]!).at(-1)!.data, `seed ${seed}, text ${i}`)
    );
  }
});

Deno.test("a text of no words leaves all relevance at the states before it", async () => {
  const cell = cellOf(drawCell("lstm", 2, 3, new Random(1)));
  const network = model([recurrent(cell), drawDense(3, 2)], 2);
  const { words, keptByBiases, score } = await explain("lrp", network, inputOf(0, 2), 0);
  assertEquals(words.length, 0);
  // States are 0, so the score is the bias of the dense layer alone.
  assertAlmostEquals(keptByBiases!, score, 1e-12);
});

Deno.test("lrp of long texts in float32 conserves the score", async () => {
  const random = new Random(4);
  for (const kind of kinds) {
    const slow = drawCell(kind, 20, 24, random);
    const scaled = (list: number[][], by: number) => list.map((row) => row.map((w) => w * by));
    const cell = cellOf({
      ...slow,
      kernel: scaled(slow.kernel, 0.3),
      recurrentKernel: scaled(slow.recurrentKernel, 0.3),
    });
    const output = dense(
      Float32Array.from(drawn([24, 3], 2).data),
      Float32Array.from(drawn([3], 3).data),
    );
    const network = model([recurrent(cell), output], 20);
    const input = inputOf(400, 20);
    const single = { ...input, vectors: Float32Array.from(input.vectors) };
    const found = await explainAll("lrp", network, single, [0, 1, 2]);
    for (const [c, relevance] of found.entries()) {
      const { words, expectedSum } = relevance;
      assertLess(Math.abs(sum(words) - expectedSum!), 1e-5, `${kind}, class ${c}`);
    }
  }
});

Deno.test("what a sigmoid below a recurrent layer keeps is a bias of its own", async () => {
  const cell = cellOf(drawCell("gru-after", 3, 2, new Random(5)));
  const convolution = conv1d(drawn([2, 2, 3], 1).data, drawn([3], 2).data, 2);
  const network = model([convolution, sigmoid(), recurrent(cell), drawDense(2, 3)], 2);
  const { words, keptByBiases, score, ledger } = await explain("lrp", network, inputOf(5, 2), 0);
  assertAlmostEquals(sum(words) + keptByBiases!, score, 1e-10);
  assertEquals(ledger!.filter(({ kept }) => kept !== undefined).length, 2);
});

Deno.test("the ledger says what remains at each state of both directions", async () => {
  const random = new Random(6);
  const [one, other] = [drawCell("lstm", 2, 3, random), drawCell("gru", 2, 3, random)];
  for (const mergeMode of mergeModes) {
    const layer = bidirectional(cellOf(one), cellOf(other), { mergeMode });
    const network = model([layer, drawDense(mergeMode === "concat" ? 6 : 3, 1)], 2);
    const { ledger, keptByBiases } = await explain("lrp", network, inputOf(4, 2), 1);
    const [forward, backward] = ledger![1]!.branches!.map(([entry]) => entry!);
    assertEquals(Object.keys(forward!.initialStates!), ["h", "c"]);
    assertEquals(Object.keys(backward!.initialStates!), ["h"]);
    assertEquals(forward!.rule, "epsilon, gates all");
    const left = [forward, backward].flatMap((entry) => Object.values(entry!.initialStates!));
    assertAlmostEquals(sum(left), keptByBiases!, 1e-12);
  }
});

Deno.test("shapley of a recurrent network is the mean over all orders of words", async () => {
  const network = model(stack(7, 2), 2);
  const input = inputOf(4, 2);
  const orders = (left: number[]): number[][] =>
    left.length === 0
      ? [[]]
      : left.flatMap((t) =>
        orders(left.filter((other) => other !== t)).map((rest) => [t, ...rest])
      );
  const expected = new Float64Array(4);
  const all = orders([0, 1, 2, 3]);
  for (const order of all) {
    order.forEach((t, i) => {
      const score = (present: readonly number[]) =>
        network.scores(
          network.withoutWords(input, [0, 1, 2, 3].filter((other) => !present.includes(other))),
        )[2]!;
      expected[t]! += (score(order.slice(0, i + 1)) - score(order.slice(0, i))) / all.length;
    });
  }
  const { words, expectedSum } = await explain("shapley", network, input, 2);
  expected.forEach((value, t) => assertAlmostEquals(words[t]!, value, 1e-12));
  assertAlmostEquals(sum(words), expectedSum!, 1e-12);
  await assertRejects(
    async () => await explain("shapley", network, inputOf(13, 2), 2),
    TypeError,
    "or a text of at most 12 words, but the layers are",
  );
});

Deno.test("lrp refuses composites that have no rule for recurrent layers", async () => {
  const cell = cellOf(drawCell("lstm", 2, 3, new Random(1)));
  const network = model([recurrent(cell, {}, "memory"), drawDense(3, 2)], 2);
  const input = inputOf(3, 2);
  for (const composite of ["gamma", "z-plus", "alpha-beta", "w-square", "flat"]) {
    await assertRejects(
      async () => await explain("lrp", network, input, 0, { composite }),
      RangeError,
      `Cannot explain layer "memory" with the composite "${composite}": the steps of a recurrent ` +
        'layer take the ε-rule, as in "epsilon"',
    );
  }
  // No layer above a recurrent one is the first.
  const plain = await explain("lrp", network, input, 0);
  const mixed = await explain("lrp", network, input, 0, { composite: "epsilon-plus-flat" });
  assertEquals(mixed.words, plain.words);
  const zero = await explain("lrp", network, input, 0, { composite: "zero" });
  assertEquals(zero.ledger![1]!.stabilizer, 0);
});

Deno.test("sampling methods score coalitions of recurrent networks", async () => {
  const network = model(stack(11, 2), 2);
  const input = inputOf(6, 2);
  const exact = await explain("shapley", network, input, 0);
  const kernel = await explain("kernel-shap", network, input, 0, { samples: 200 });
  exact.words.forEach((value, t) => assertAlmostEquals(kernel.words[t]!, value, 1e-6));
  const values = activations(network.layers, network.layerInput(input));
  const coalitions = Coalitions.without(6, [[]]);
  assertEquals([...await network.scores(input, coalitions)], [...values.at(-1)!.data]);
});
