import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { checkModel } from "@heatword/core/check";
import { activations, type Distributed, gradientOf, Random, type Token } from "@heatword/core";
import { WordCnn, wordCnnFromWeights, type WordCnnInput } from "@heatword/core/word-cnn";
import { madeModels, madeParameters, madeRows } from "./_made_model.ts";

const sizes = fc.record({
  dimensions: fc.integer({ min: 1, max: 13 }),
  filters: fc.integer({ min: 1, max: 21 }),
  classes: fc.integer({ min: 1, max: 6 }),
  memory: fc.constantFrom(0, 1000, 1e6),
  widths: fc.constantFrom([2], [2], [1], [4], [1, 2, 3], [3, 1]),
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

/** z of every filter at every window, with bias, as the formula says: a list a filter. */
function slowWindows(model: WordCnn, { vectors, length }: WordCnnInput): number[][] {
  const { weights: { convolutionWeights, convolutionBias }, dimensions } = model;
  let [from, first] = [0, 0];
  return model.convolutions.flatMap(({ width, filters }) => {
    const lists = Array.from(
      { length: filters },
      (_, f) =>
        Array.from({ length: length - width + 1 }, (_, t) => {
          let z = convolutionBias[first + f]!;
          for (let i = 0; i < width * dimensions; i++) {
            z += vectors[t * dimensions + i]! * convolutionWeights[from + i * filters + f]!;
          }
          return z;
        }),
    );
    from += width * dimensions * filters;
    first += filters;
    return lists;
  });
}

Deno.test("WordCnn.winnings() gives windows, parts and pre-activations of the layers", () => {
  fc.assert(fc.property(seeds, sizes, lengths, (seed, size, length) => {
    const { fast, exact } = madeModels(seed, size);
    const rows = madeRows(seed, length);
    const windows = slowWindows(exact, exact.inputFromRows(rows));
    const scores = activations(exact.layers, exact.layerInput(exact.inputFromRows(rows))).at(-1)!;
    for (const [model, tolerance] of [[fast, 1e-5], [exact, 1e-12]] as const) {
      const won = model.winnings(model.inputFromRows(rows));
      assertClose(won.preActivations, windows.map((z) => Math.max(...z)), tolerance);
      assertClose(won.scores, scores.data, tolerance);
      won.starts.forEach((t, f) => {
        // Another winner than in float64 must be as good.
        assertAlmostEquals(windows[f]![t]!, Math.max(...windows[f]!), 1e-5);
        const parts = won.parts.reduce((sum, part) => sum + part[f]!, 0);
        const bias = model.weights.convolutionBias[f]!;
        assertAlmostEquals(parts + bias, won.preActivations[f]!, tolerance);
      });
    }
  }));
});

Deno.test("WordCnn.wordParts() add up to the convolution", () => {
  fc.assert(fc.property(seeds, sizes, lengths, (seed, size, length) => {
    const { fast, exact } = madeModels(seed, size);
    for (const model of [fast, exact]) {
      const input = model.inputFromRows(madeRows(seed, length));
      const parts = model.wordParts(input);
      const { filters, weights, filterBank: { widths } } = model;
      const sums = Array.from(
        widths,
        (width, f) =>
          Array.from({ length: input.length - width + 1 }, (_, t) =>
            parts.slice(0, width).reduce(
              (sum, part, k) => sum + part[(t + k) * filters + f]!,
              weights.convolutionBias[f]!,
            )),
      );
      assertClose(sums.flat(), slowWindows(model, input).flat(), 1e-5);
    }
  }));
});

Deno.test("WordCnn.winnings() hands the shares of all classes to words", () => {
  fc.assert(fc.property(seeds, sizes, fc.integer({ min: 4, max: 60 }), (seed, size, length) => {
    const random = new Random(seed);
    const { fast, exact } = madeModels(seed, size);
    const { classes: { length: classes }, filterBank: { widths } } = fast;
    const draw = (count: number) => Float64Array.from({ length: count }, () => random.normal());
    const room = Math.max(...widths);
    const width = room + 2;
    const factors = draw(width * widths.length);
    widths.forEach((own, f) => factors.fill(0, f * width + own, f * width + room));
    const distribution = { scale: draw(classes), offset: draw(classes), factors };
    const { scale, offset } = distribution;
    for (const model of [fast, exact]) {
      const { preActivations, starts, shareOut } = model.winnings(
        model.inputFromRows(madeRows(seed, length)),
      );
      const found = shareOut(distribution);
      assertEquals(found.length, model.convolutions.length);
      const added = (values: (one: Distributed) => Float64Array) =>
        found.map(values).reduce((sum, other) => sum.map((value, i) => value + other[i]!));
      const totals = added((one) => one.totals);
      const pooled = preActivations.map((z) => Math.max(0, z));
      for (let c = 0; c < classes; c++) {
        const shares = Array.from(
          pooled,
          (value, f) =>
            value * model.weights.denseWeights[f * classes + c]! * scale[c]! + offset[c]!,
        );
        const expected = new Float64Array(length);
        shares.forEach((share, f) => {
          for (let k = 0; k < widths[f]!; k++) {
            expected[starts[f]! + k]! += share * factors[width * f + k]!;
          }
        });
        assertClose(added((one) => one.words[c]!), expected, 1e-9);
        const sum = (of: (share: number, f: number) => number) =>
          shares.reduce((sum, share, f) => sum + of(share, f), 0);
        const sums = [
          sum((share) => share),
          sum((share, f) => share * factors[width * f + room]!),
          sum((share, f) => share * factors[width * f + room + 1]!),
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

Deno.test("WordCnn.encode() pads documents of fewer words than filters span with zero vectors", () => {
  const { fast } = madeModels(1);
  assertEquals([...fast.encode({ text: "", tokens: [] }).rows!], [-1, -1]);
  assertEquals([...fast.encode({ text: "", tokens: tokens("word7") }).rows!], [7, -1]);
  const one = Float32Array.from({ length: 10 }, (_, d) => d + 1);
  const { length, vectors } = fast.inputFromVectors(one);
  assertEquals([length, ...vectors], [2, ...one, ...new Float32Array(10)]);
  const wide = madeModels(1, { widths: [1, 3] }).fast;
  assertEquals([...wide.encode({ text: "", tokens: tokens("word7") }).rows!], [7, -1, -1]);
  assertEquals(wide.inputFromVectors(one).length, 3);
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

Deno.test("WordCnn with filters of several widths keeps what models promise", async () => {
  const { fast } = madeModels(5, { widths: [1, 2, 3], filters: 9 });
  const texts = ["word1 word7 Word9 other word2 word1", "word3 word4", "word11"];
  const { results } = await checkModel(fast, { texts });
  assertEquals(results.filter(({ status }) => status === "failed"), []);
  const passed = results.filter(({ status }) => status === "passed").map(({ name }) => name);
  assert(passed.some((name) => name.includes("filters")), passed.join("; "));
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
    () => new WordCnn({ ...parameters, convolutions: [{ width: 2, filters: 12 }] }),
    RangeError,
    "its convolutions have 12 filters, its biases 13",
  );
  assertThrows(
    () => wordCnnFromWeights({ ...parameters, denseBias: new Float64Array(4) }),
    TypeError,
    '"denseBias" is not of the others\' element type',
  );
});
