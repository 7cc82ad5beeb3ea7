import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import {
  activations,
  type Distributed,
  gradientOf,
  Random,
  type Token,
  winners,
} from "@heatword/core";
import { type WordCnn, wordCnnFromWeights, type WordCnnInput } from "@heatword/core/word-cnn";
import { madeModels, madeParameters, madeRows } from "./_made_model.ts";

const sizes = fc.record({
  dimensions: fc.integer({ min: 1, max: 13 }),
  filters: fc.integer({ min: 1, max: 21 }),
  classes: fc.integer({ min: 1, max: 6 }),
  memory: fc.constantFrom(0, 1000, 1e6),
});
const lengths = fc.integer({ min: 0, max: 90 });
const seeds = fc.nat({ max: 1e6 });

function assertClose(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  assertEquals(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) assertAlmostEquals(actual[i]!, expected[i]!, tolerance);
}

/** Rows and free vectors are two ways to give the same text. */
function bothInputs(model: WordCnn, rows: Int32Array): WordCnnInput[] {
  const byRows = model.inputFromRows(rows);
  return [byRows, model.inputFromVectors(byRows.vectors)];
}

function tokens(...words: string[]): Token[] {
  return words.map((text) => ({ text, start: 0, end: 0 }));
}

Deno.test("WordCnn.scores() are those of the layers", () => {
  fc.assert(fc.property(seeds, sizes, lengths, (seed, size, length) => {
    const { fast, exact } = madeModels(seed, size);
    const rows = madeRows(seed, length);
    const expected = activations(exact.layers, exact.layerInput(exact.inputFromRows(rows)));
    for (const [model, tolerance] of [[fast, 1e-5], [exact, 1e-12]] as const) {
      for (const input of bothInputs(model, rows)) {
        assertClose(model.scores(input), expected.at(-1)!.data, tolerance);
      }
    }
  }));
});

Deno.test("WordCnn.gradient() is that of the layers", () => {
  fc.assert(fc.property(seeds, sizes, lengths, (seed, size, length) => {
    const { fast, exact } = madeModels(seed, size);
    const rows = madeRows(seed, length);
    const weights = Float64Array.from(exact.classes, (_, c) => c === 0 ? 1 : -0.5 / c);
    const input = exact.layerInput(exact.inputFromRows(rows));
    const expected = gradientOf(exact.layers, input, weights).data;
    for (const [model, tolerance] of [[fast, 1e-5], [exact, 1e-12]] as const) {
      for (const input of bothInputs(model, rows)) {
        assertClose(model.gradient(input, weights), expected, tolerance);
      }
    }
  }));
});

Deno.test("WordCnn.winnings() gives windows, parts and pre-activations of the layers", () => {
  fc.assert(fc.property(seeds, sizes, lengths, (seed, size, length) => {
    const { fast, exact } = madeModels(seed, size);
    const rows = madeRows(seed, length);
    const values = activations(exact.layers, exact.layerInput(exact.inputFromRows(rows)));
    const expected = winners(values[1]!);
    for (const [model, tolerance] of [[fast, 1e-5], [exact, 1e-12]] as const) {
      const won = model.winnings(model.inputFromRows(rows));
      assertClose(won.preActivations, values[2]!.data, tolerance);
      assertClose(won.scores, values.at(-1)!.data, tolerance);
      won.starts.forEach((t, f) => {
        // Another winner than in float64 must be as good.
        const z = values[1]!.data;
        assertAlmostEquals(z[t * model.filters + f]!, z[expected[f]! * model.filters + f]!, 1e-5);
        const bias = model.weights.convolutionBias[f]!;
        assertAlmostEquals(
          won.parts[0]![f]! + won.parts[1]![f]! + bias,
          won.preActivations[f]!,
          tolerance,
        );
      });
    }
  }));
});

Deno.test("WordCnn.wordParts() add up to the convolution", () => {
  fc.assert(fc.property(seeds, sizes, lengths, (seed, size, length) => {
    const { fast, exact } = madeModels(seed, size);
    for (const model of [fast, exact]) {
      const input = model.inputFromRows(madeRows(seed, length));
      const [first, second] = model.wordParts(input) as [Float64Array, Float64Array];
      const z = model.layers[0]!.forward(model.layerInput(input)).data;
      const { filters, weights } = model;
      const sums = z.map((_, i) => first[i]! + second[i + filters]!)
        .map((sum, i) => sum + weights.convolutionBias[i % filters]!);
      assertClose(sums, z, 1e-5);
    }
  }));
});

Deno.test("WordCnn.winnings() hands the shares of all classes to words", () => {
  fc.assert(fc.property(seeds, sizes, fc.integer({ min: 2, max: 60 }), (seed, size, length) => {
    const random = new Random(seed);
    const { filters, classes } = size;
    const draw = (count: number) => Float64Array.from({ length: count }, () => random.normal());
    const distribution = {
      scale: draw(classes),
      offset: draw(classes),
      factors: draw(4 * filters),
    };
    const { scale, offset, factors } = distribution;
    const { fast, exact } = madeModels(seed, size);
    for (const model of [fast, exact]) {
      const { preActivations, starts, shareOut } = model.winnings(
        model.inputFromRows(madeRows(seed, length)),
      );
      const [{ words, totals }] = shareOut(distribution) as [Distributed];
      const pooled = preActivations.map((z) => Math.max(0, z));
      for (let c = 0; c < classes; c++) {
        const shares = Array.from(
          pooled,
          (value, f) =>
            value * model.weights.denseWeights[f * classes + c]! * scale[c]! + offset[c]!,
        );
        const expected = new Float64Array(length);
        shares.forEach((share, f) => {
          expected[starts[f]!]! += share * factors[4 * f]!;
          expected[starts[f]! + 1]! += share * factors[4 * f + 1]!;
        });
        assertClose(words[c]!, expected, 1e-9);
        const sum = (of: (share: number, f: number) => number) =>
          shares.reduce((sum, share, f) => sum + of(share, f), 0);
        const sums = [
          sum((share) => share),
          sum((share, f) => share * factors[4 * f + 2]!),
          sum((share, f) => share * factors[4 * f + 3]!),
        ];
        assertClose([0, 1, 2].map((i) => totals[i * classes + c]!), sums, 1e-9);
      }
    }
  }));
});

Deno.test("WordCnn takes the first of equal windows", () => {
  const { fast, exact } = madeModels(1);
  for (const model of [fast, exact]) {
    const input = model.inputFromRows([3, 4, 3, 4, 3, 4, 3]);
    assert(model.winnings(input).starts.every((t) => t < 2));
    const nothing = model.inputFromRows([-1, -1, -1, -1]);
    assertEquals([...model.winnings(nothing).starts], Array(model.filters).fill(0));
  }
});

Deno.test("WordCnn gives the same bytes whatever its memory and whatever came before", () => {
  const { fast } = madeModels(3);
  const expected = fast.scores(fast.inputFromRows(madeRows(9, 70)));
  for (const memory of [0, 500, 2000, 1e6]) {
    const { fast: model } = madeModels(3, { memory });
    for (let seed = 0; seed < 5; seed++) model.scores(model.inputFromRows(madeRows(seed, 30)));
    model.prepare([model.inputFromRows(madeRows(7, 40))]);
    assertEquals(model.scores(model.inputFromRows(madeRows(9, 70))), expected);
  }
});

Deno.test("WordCnn.encode() looks words up in their exact form, then in lower case", () => {
  const { fast } = madeModels(1);
  const input = fast.encode({ text: "", tokens: tokens("word7", "WORD8", "unknown") });
  assertEquals([...input.rows!], [7, 8, -1]);
  assert(input.vectors.subarray(20).every((value) => value === 0));
});

Deno.test("WordCnn.encode() pads documents of fewer than two words with zero vectors", () => {
  const { fast } = madeModels(1);
  assertEquals([...fast.encode({ text: "", tokens: [] }).rows!], [-1, -1]);
  assertEquals([...fast.encode({ text: "", tokens: tokens("word7") }).rows!], [7, -1]);
  const one = Float32Array.from({ length: 10 }, (_, d) => d + 1);
  const { length, vectors } = fast.inputFromVectors(one);
  assertEquals([length, ...vectors], [2, ...one, ...new Float32Array(10)]);
});

Deno.test("WordCnn.withoutWords() deletes words and leaves the input alone", () => {
  const { fast } = madeModels(1);
  for (const input of bothInputs(fast, Int32Array.of(1, 2, 3))) {
    const before = input.vectors.slice();
    const without = fast.withoutWords(input, [1]);
    assertEquals(input.vectors, before);
    const expected = before.slice().fill(0, 10, 20);
    assertEquals(without.vectors, expected);
    assertEquals(fast.scores(without), fast.scores(fast.inputFromVectors(expected)));
  }
});

Deno.test("WordCnn refuses what does not fit", () => {
  const parameters = madeParameters(1);
  const { fast } = madeModels(1);
  assertThrows(() => fast.inputFromRows([50]), RangeError, "Cannot take row 50");
  assertThrows(() => fast.inputFromVectors(new Float32Array(11)), RangeError, "rows of 10");
  assertThrows(
    () => fast.withVectors(fast.inputFromRows([1, 2]), new Float32Array(30)),
    RangeError,
    "Cannot replace 20 numbers by 30",
  );
  assertThrows(
    () => wordCnnFromWeights({ ...parameters, denseWeights: new Float32Array(3) }),
    RangeError,
    '"denseWeights" has 3 numbers, not the 52 of [13, 4]',
  );
  assertThrows(
    () => wordCnnFromWeights({ ...parameters, denseBias: new Float64Array(4) }),
    TypeError,
    '"denseBias" is not of the others\' element type',
  );
});
