import {
  activations,
  Coalitions,
  isMaxPooled,
  isVectorInput,
  Random,
  targetWeights,
} from "@heatword/core";
import { loadLayeredTfjsModel, MaxPooledTfjsModel } from "@heatword/core/tfjs";
import { assert, assertEquals, assertInstanceOf, assertLess } from "@std/assert";
import fc from "fast-check";
import { drawnKim, kimCases } from "./_drawn_kim.ts";
import { kimFiles, type KimSizes } from "./_kim_files.ts";

const small: KimSizes = { widths: [3, 4], filters: 3, dimensions: 4, classes: 3, words: 9 };

function close(actual: ArrayLike<number>, expected: ArrayLike<number>, tolerance: number) {
  assertEquals(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    const scale = Math.max(1, Math.abs(expected[i]!));
    assertLess(Math.abs(actual[i]! - expected[i]!), tolerance * scale);
  }
}

/** The windows of each filter by plain loops over what the layers make of the text. */
function slowWinnings(model: MaxPooledTfjsModel, vectors: Float64Array, length: number) {
  const first = model.layers[0]!;
  const branches = "branches" in first
    ? (first as unknown as { branches: typeof model.layers[] }).branches
    : [model.layers];
  return branches.flatMap((layers) => {
    const input = { shape: [length, model.dimensions], data: vectors };
    const { data, shape: [count, filters] } = layers[0]!.forward(input);
    return Array.from({ length: filters! }, (_, f) => {
      const column = Array.from({ length: count! }, (_, t) => data[t * filters! + f]!);
      const best = Math.max(...column);
      // What is equal but for rounding counts as equal.
      return { best, start: column.findIndex((z) => z >= best - 1e-12) };
    });
  });
}

Deno.test("winnings() of any widths are what the layers give", async () => {
  await fc.assert(
    fc.asyncProperty(kimCases(), async (drawn) => {
      const { model, input, known } = await drawnKim(drawn);
      const values = activations(model.layers, model.layerInput(input));
      const expected = slowWinnings(model, input.vectors as Float64Array, input.length);
      for (const [at, tolerance] of [[input, 1e-12], [known, 1e-5]] as const) {
        const { scores, preActivations, starts, parts } = model.winnings(at);
        close(scores, values.at(-1)!.data, tolerance);
        close(model.scores(at), scores, 0 + Number.MIN_VALUE);
        close(preActivations, expected.map(({ best }) => best), tolerance);
        assertEquals(preActivations.constructor, at.vectors.constructor);
        if (at === input || drawn.sizes.whole) {
          assertEquals([...starts], expected.map(({ start }) => start));
        }
        const { widths, bias } = model.filterBank;
        const sums = parts.reduce((sum, part) => sum.map((z, f) => z + part[f]!), bias.slice());
        close(sums, preActivations, 1e-5);
        parts.forEach((part, k) =>
          part.forEach((value, f) => assert(k < widths[f]! || value === 0))
        );
      }
    }),
    { numRuns: 200 },
  );
});

Deno.test("wordParts() add up to the convolutions, in float64", async () => {
  await fc.assert(
    fc.asyncProperty(kimCases(), async (drawn) => {
      const { model, input, known } = await drawnKim(drawn);
      const { widths, bias } = model.filterBank;
      const expected = slowWinnings(model, input.vectors as Float64Array, input.length);
      const parts = model.wordParts(known);
      assertEquals(parts.length, Math.max(...widths));
      const best = Array.from(widths, (width, f) => {
        let max = -Infinity;
        for (let t = 0; t + width <= input.length; t++) {
          let z = bias[f]!;
          for (let k = 0; k < width; k++) z += parts[k]![(t + k) * widths.length + f]!;
          max = Math.max(max, z);
        }
        return max;
      });
      close(best, expected.map(({ best }) => best), 1e-12);
    }),
  );
});

Deno.test("gradients of any widths are those of the layers, several from one pass", async () => {
  await fc.assert(
    fc.asyncProperty(kimCases(), async (drawn) => {
      const { model, layers, input, known } = await drawnKim(drawn);
      const weights = [
        targetWeights(1, model.classes.length),
        targetWeights({ of: 0, against: 1 }, model.classes.length),
      ];
      const expected = await Promise.all(weights.map((list) => layers.gradient(input, list)));
      for (const [at, tolerance] of [[input, 1e-12], [known, 1e-5]] as const) {
        const { gradients } = model.scoresAndGradients(at, weights);
        gradients.forEach((gradient, i) => {
          // In float32, windows that are equal but for rounding may change places.
          if (at === input || drawn.sizes.whole) close(gradient, expected[i]!, tolerance);
          assertEquals(gradient.constructor, at.vectors.constructor);
        });
      }
    }),
  );
});

Deno.test("shareOut() hands the shares of all classes to the words, by convolution", async () => {
  await fc.assert(
    fc.asyncProperty(kimCases(), async (drawn) => {
      const { model, input } = await drawnKim(drawn);
      const { widths, denseWeights, convolutions } = model.filterBank;
      const random = new Random(drawn.seed);
      const draw = (count: number) => Float64Array.from({ length: count }, () => random.normal());
      const classes = model.classes.length;
      const { preActivations, starts, parts, shareOut } = model.winnings(input);
      const size = parts.length + 2;
      const distribution = {
        scale: draw(classes),
        offset: draw(classes),
        factors: draw(size * widths.length),
      };
      const { scale, offset, factors } = distribution;
      let from = 0;
      shareOut(distribution).forEach(({ words, totals }, g) => {
        const to = from + convolutions[g]!.filters;
        for (let c = 0; c < classes; c++) {
          const expected = new Float64Array(input.length);
          const sums = [0, 0, 0];
          for (let f = from; f < to; f++) {
            const share = Math.max(0, preActivations[f]!) * denseWeights[f * classes + c]! *
                scale[c]! + offset[c]!;
            for (let k = 0; k < widths[f]!; k++) {
              expected[starts[f]! + k]! += share * factors[f * size + k]!;
            }
            sums[0]! += share;
            sums[1]! += share * factors[f * size + size - 2]!;
            sums[2]! += share * factors[f * size + size - 1]!;
          }
          close(words[c]!, expected, 1e-12);
          close([0, 1, 2].map((row) => totals[row * classes + c]!), sums, 1e-12);
        }
        from = to;
      });
      assertEquals(from, widths.length);
    }),
  );
});

Deno.test("scores of coalitions of any widths are those of texts with deleted words", async () => {
  await fc.assert(
    fc.asyncProperty(kimCases(), async (drawn) => {
      const { model, input } = await drawnKim(drawn);
      const random = new Random(drawn.seed);
      const sets = Array.from(
        { length: 6 },
        () => Array.from({ length: input.length }, (_, t) => t).filter(() => random.below(2) === 0),
      );
      const coalitions = Coalitions.without(input.length, sets);
      const scores = model.scores(input, coalitions);
      const expected = sets.flatMap((set) => [...model.scores(model.withoutWords(input, set))]);
      close(scores, expected, 1e-12);
    }),
  );
});

Deno.test("a word that is met again is not projected again, nor does it change a result", async () => {
  const model = await loadLayeredTfjsModel(kimFiles(small, 1)) as MaxPooledTfjsModel;
  const fresh = await loadLayeredTfjsModel(kimFiles(small, 1)) as MaxPooledTfjsModel;
  const rows = [1, 2, 3, 2, 1, 5, 0, 4];
  model.scores(model.inputFromRows([5, 4, 3, 2, 1]));
  assertEquals(model.scores(model.inputFromRows(rows)), fresh.scores(fresh.inputFromRows(rows)));
});

const variants: [string, Partial<KimSizes>, boolean][] = [
  ["one convolution of width three", { widths: [3] }, true],
  ["one convolution of width two", { widths: [2] }, true],
  ["words alone", { widths: [1] }, true],
  ["two convolutions of the same width", { widths: [3, 3] }, true],
  ["ReLU after the maximum", { relu: "pooled" }, true],
  ["ReLU after what is joined", { relu: "joined" }, true],
  ["padding", { convolution: { padding: "same" } }, false],
  ["a stride", { convolution: { strides: [2] } }, false],
  ["dilation", { convolution: { dilation_rate: [2] } }, false],
  ["another activation", { convolution: { activation: "tanh" } }, false],
  ["no ReLU", { convolution: { activation: "linear" } }, false],
  ["a dense layer with ReLU", { dense: { activation: "relu" } }, false],
  ["a dense layer with tanh", { dense: { activation: "tanh" } }, false],
];

for (const [what, change, expected] of variants) {
  Deno.test(`a model with ${what} is ${expected ? "" : "not "}taken as max-pooled`, async () => {
    const model = await loadLayeredTfjsModel(kimFiles({ ...small, ...change }, 3));
    assertEquals([isMaxPooled(model), model instanceof MaxPooledTfjsModel], [expected, expected]);
    const input = model.inputFromRows([1, 2, 3, 4, 5, 6, 7]);
    assert(isVectorInput(input));
    const slow = activations(model.layers, model.layerInput(input)).at(-1)!.data;
    close(model.scores(input), slow, 1e-5);
  });
}

Deno.test("a max-pooled model pads a text that is shorter than its widest filter", async () => {
  const model = await loadLayeredTfjsModel(kimFiles({ ...small, widths: [2, 5] }, 4));
  assertInstanceOf(model, MaxPooledTfjsModel);
  for (const rows of [[], [3], [3, 4]]) {
    const input = model.inputFromRows(rows);
    assertEquals(input.length, 5);
    const { starts } = model.winnings(input);
    assert(starts.every((start, f) => start + model.filterBank.widths[f]! <= 5));
  }
});

Deno.test("numbers that are none are not lost in the maximum", async () => {
  const model = await loadLayeredTfjsModel(kimFiles(small, 5)) as MaxPooledTfjsModel;
  const input = model.inputFromRows([1, 2, 3, 4, 5]);
  const vectors = Float64Array.from(input.vectors);
  vectors[9] = NaN;
  assert(model.scores(model.withVectors(input, vectors)).every(Number.isNaN));
});
