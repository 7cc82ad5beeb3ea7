import {
  activations,
  bidirectional,
  dense,
  elementwise,
  eluFunction,
  geluFunction,
  gruCell,
  hardSigmoidFunction,
  type Layer,
  leakyReluFunction,
  lstmCell,
  Matrix,
  merge,
  mergeModes,
  outputsOf,
  Random,
  recurrent,
  relu,
  reverseRows,
  scale,
  simpleCell,
  softplusFunction,
  swishFunction,
  type Tensor,
} from "@heatword/core";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { checkGradient, checkLinear, drawn } from "./_check_layer.ts";
import { cellOf } from "./_recurrent_cells.ts";
import { drawCell, kinds, runSlowly } from "./_slow_recurrent.ts";

function close(actual: ArrayLike<number>, expected: readonly number[], what: string) {
  assertEquals(actual.length, expected.length, what);
  expected.forEach((value, i) => assertAlmostEquals(actual[i]!, value, 1e-12, what));
}

const rowsOf = ({ shape: [length, size], data }: Tensor): number[][] =>
  Array.from({ length: length! }, (_, t) => [...data.slice(t * size!, (t + 1) * size!)]);

/** A text of drawn words; at a length of 0 without any. */
const wordsOf = (length: number, dimensions: number, seed: number): Tensor =>
  drawn([length, dimensions], seed);

Deno.test("recurrent layers give the states of their definitions, for any length, order and mask", () => {
  for (let seed = 0; seed < 60; seed++) {
    const random = new Random(seed);
    const kind = kinds[seed % kinds.length]!;
    const [dimensions, units] = [1 + random.below(4), 1 + random.below(4)];
    const length = [0, 1, 2, 7][random.below(4)]!;
    const slow = drawCell(kind, dimensions, units, random);
    const input = wordsOf(length, dimensions, seed);
    const mask = Array.from({ length }, () => random.below(3) > 0);
    const goBackwards = random.below(2) === 1;
    const given = random.below(2) === 1 ? { mask } : {};
    const words = rowsOf(input);
    const order = <T>(list: readonly T[]) => goBackwards ? list.toReversed() : list;
    const { states } = runSlowly(slow, order(words), "mask" in given ? order(mask) : undefined);
    const what = `seed ${seed}, ${kind}, ${length} words`;
    const last = states.at(-1) ?? Array.from({ length: units }, () => 0);
    const options = { goBackwards, ...given };
    const one = recurrent(cellOf(slow), options).forward(input);
    assertEquals(one.shape, [units]);
    close(one.data, last, what);
    const all = recurrent(cellOf(slow), { ...options, returnSequences: true }).forward(input);
    assertEquals(all.shape, [length, units]);
    close(all.data, states.flat(), what);
    const single = { shape: input.shape, data: Float32Array.from(input.data) };
    const rounded = recurrent(cellOf(slow), options).forward(single).data;
    assertEquals(rounded instanceof Float32Array, true);
    last.forEach((value, j) => assertAlmostEquals(rounded[j]!, value, 1e-6, what));
  }
});

Deno.test("bidirectional layers merge both directions in the order of the text", () => {
  for (const [i, mode] of mergeModes.entries()) {
    for (const returnSequences of [false, true]) {
      const random = new Random(i);
      const [one, other] = [drawCell("lstm", 3, 2, random), drawCell("gru", 3, 2, random)];
      const input = wordsOf(4, 3, 5);
      const forward = runSlowly(one, rowsOf(input)).states;
      const backward = runSlowly(other, rowsOf(input).toReversed()).states;
      const pairs = returnSequences
        ? forward.map((h, t) => [h, backward.toReversed()[t]!] as const)
        : [[forward.at(-1)!, backward.at(-1)!] as const];
      const merged = pairs.flatMap(([a, b]) =>
        mode === "concat" ? [...a, ...b] : a.map((value, j) => {
          const both = value + b[j]!;
          return mode === "sum" ? both : mode === "ave" ? both / 2 : value * b[j]!;
        })
      );
      const options = { returnSequences, mergeMode: mode };
      const layer = bidirectional(cellOf(one), cellOf(other), options);
      close(layer.forward(input).data, merged, `${mode}, ${returnSequences}`);
    }
  }
});

Deno.test("recurrent layers have the gradient of finite differences", () => {
  for (const [i, kind] of kinds.entries()) {
    const random = new Random(i + 20);
    const cell = cellOf(drawCell(kind, 3, 2, random));
    for (const options of [{}, { returnSequences: true }, { goBackwards: true }]) {
      for (const length of [1, 2, 5]) checkGradient(recurrent(cell, options), [length, 3], i);
    }
    const mask = [false, true, true, false, true];
    checkGradient(recurrent(cell, { mask, returnSequences: true }), [5, 3], i);
    const other = cellOf(drawCell(kind, 3, 2, random));
    for (const mergeMode of mergeModes) {
      checkGradient(bidirectional(cell, other, { mergeMode }), [4, 3], i);
      checkGradient(bidirectional(cell, other, { mergeMode, returnSequences: true }), [4, 3], i);
    }
  }
});

Deno.test("what was run before does not outlive a change of the input", () => {
  const layer = recurrent(cellOf(drawCell("lstm", 2, 2, new Random(3))));
  const input = wordsOf(3, 2, 1);
  const one = { shape: [2], data: Float64Array.of(1, 1) };
  layer.forward(input);
  input.data[2]! += 1;
  const copy = { shape: input.shape, data: input.data.slice() };
  assertEquals(layer.backward(input, one).data, layer.backward(copy, one).data);
  assertEquals(layer.forward(input).data, layer.forward(copy).data);
});

Deno.test("texts side by side have the bytes of each alone", () => {
  const random = new Random(9);
  // The second is large enough for the kernel.
  for (const [dimensions, units] of [[3, 2], [40, 33]] as const) {
    for (const kind of kinds) {
      const cells = [0, 1].map(() => cellOf(drawCell(kind, dimensions, units, random)));
      const sequences = { returnSequences: true };
      const layers: Layer[] = [
        bidirectional(cells[0]!, cells[1]!, { ...sequences, mergeMode: "ave" }),
        merge([[], [relu()]], "sum"),
        recurrent(cellOf(drawCell(kind, units, 2, random)), { mask: [true, false, true, true] }),
      ];
      const inputs = Array.from({ length: 7 }, (_, m) => {
        const { shape, data } = wordsOf(4, dimensions, 1);
        for (let t = 0; t < 4; t++) {
          if (m >> t & 1) data.fill(0, t * dimensions, (t + 1) * dimensions);
        }
        if (m === 6) data[0] = 5;
        return { shape, data };
      });
      const together = outputsOf(layers, inputs);
      for (const [m, input] of inputs.entries()) {
        assertEquals(together[m], activations(layers, input).at(-1));
      }
    }
  }
});

Deno.test("Matrix multiplies rows by all or some of its rows, small or large", () => {
  for (const [rows, columns] of [[3, 5], [70, 65], [130, 48], [1, 5000]] as const) {
    const { data } = drawn([rows, columns], 1);
    for (const matrix of [new Matrix(data, columns), new Matrix(data, columns).transposed]) {
      const [depth, width] = matrix === undefined ? [0, 0] : [matrix.rows, matrix.columns];
      const entry = (k: number, j: number) =>
        depth === rows && width === columns ? data[k * columns + j]! : data[j * columns + k]!;
      for (const [from, to] of [[0, depth], [Math.floor(depth / 3), depth - 1]] as const) {
        if (to <= from) continue;
        const count = 70;
        const step = to - from + 2;
        const { data: input } = drawn([count * step + 1], 2);
        const output = { data: new Float64Array(count * (width + 3) + 2).fill(0.5) };
        matrix.addProduct(
          { data: Float64Array.from(input), start: 1, step },
          { ...output, start: 2, step: width + 3 },
          count,
          from,
          to,
        );
        assertEquals([...output.data.slice(0, 2)], [0.5, 0.5]);
        for (const m of [0, 1, 63, 64, 69]) {
          for (let j = 0; j < width; j += 1 + Math.floor(width / 40)) {
            let sum = 0.5;
            for (let k = from; k < to; k++) sum += input[1 + m * step + k - from]! * entry(k, j);
            assertAlmostEquals(output.data[2 + m * (width + 3) + j]!, sum, 1e-12);
          }
          if (m < 69) assertEquals(output.data[2 + m * (width + 3) + width], 0.5);
        }
      }
    }
  }
});

Deno.test("weights and inputs of other sizes than a recurrent layer has are refused", () => {
  const weights = (kernel: number, recurrentKernel: number, bias: number) => ({
    units: 2,
    kernel: new Float64Array(kernel),
    recurrentKernel: new Float64Array(recurrentKernel),
    bias: new Float64Array(bias),
  });
  assertThrows(
    () => lstmCell(weights(24, 15, 8)),
    RangeError,
    "Cannot make an LSTM of 2 units of 24 weights for words, 15 for states and 8 biases",
  );
  assertThrows(() => gruCell(weights(18, 12, 6), true), RangeError, "Cannot make a GRU of 2 units");
  assertThrows(() => simpleCell(weights(5, 4, 2)), RangeError, "of 5 weights for words");
  const layer = recurrent(simpleCell(weights(6, 4, 2)), { mask: [true, true] });
  assertThrows(
    () => layer.forward(wordsOf(2, 4, 1)),
    RangeError,
    "Cannot read words of 3 numbers in an input of [2, 4]",
  );
  assertThrows(
    () => layer.forward(wordsOf(5, 3, 1)),
    RangeError,
    "Cannot use a mask of 2 words on an input of 5",
  );
  assertThrows(
    () =>
      outputsOf([recurrent(simpleCell(weights(6, 4, 2)))], [wordsOf(2, 3, 1), wordsOf(3, 3, 1)]),
    RangeError,
    "Cannot read texts of several lengths side by side",
  );
});

Deno.test("activations have the values of their definitions and the slope of finite differences", () => {
  // ∫ of the normal density by Simpson's rule.
  const normal = (x: number) => {
    const n = 2000;
    const h = x / n;
    let sum = 0;
    for (let i = 0; i <= n; i++) {
      const weight = i === 0 || i === n ? 1 : i % 2 === 1 ? 4 : 2;
      sum += weight * Math.exp(-((i * h) ** 2) / 2);
    }
    return 0.5 + sum * h / 3 / Math.sqrt(2 * Math.PI);
  };
  const cases = [
    [geluFunction, (x: number) => x * normal(x)],
    [eluFunction(1.5), (x: number) => x > 0 ? x : 1.5 * (Math.exp(x) - 1)],
    [leakyReluFunction(0.2), (x: number) => Math.max(x, 0.2 * x)],
    [softplusFunction, (x: number) => Math.log(1 + Math.exp(x))],
    [swishFunction, (x: number) => x / (1 + Math.exp(-x))],
    [hardSigmoidFunction(), (x: number) => x < -2.5 ? 0 : x > 2.5 ? 1 : 0.2 * x + 0.5],
    [hardSigmoidFunction(1 / 6), (x: number) => x < -3 ? 0 : x > 3 ? 1 : x / 6 + 0.5],
  ] as const;
  for (const [f, definition] of cases) {
    for (const x of [-5, -2.9, -2, -1.3, -0.4, 0.3, 1, 1.9, 2.7, 5]) {
      assertAlmostEquals(f.value(x), definition(x), 1e-12, `${f.name}(${x})`);
    }
    checkGradient(elementwise(f), [3, 4], 2);
  }
});

Deno.test("merge(), scale() and reverseRows() are what they say, and have the gradient of it", () => {
  const weights = dense(drawn([3, 3], 1).data, drawn([3], 2).data);
  for (const operation of ["sum", "average", "product"] as const) {
    checkGradient(merge([[relu()], [weights]], operation), [3]);
    const input = drawn([3], 4);
    const [a, b] = [relu(), weights].map((layer) => layer.forward(input).data);
    const expected = [...a!].map((value, i) =>
      operation === "product" ? value * b![i]! : (value + b![i]!) / (operation === "sum" ? 1 : 2)
    );
    close(merge([[relu()], [weights]], operation).forward(input).data, expected, operation);
  }
  checkGradient(merge([[], [relu()], [weights]], "average"), [3]);
  assertThrows(() => merge([], "sum"), RangeError, "no branches");
  assertThrows(() => merge([[], [], []], "product"), RangeError, "of 3 branches, only of two");
  assertThrows(
    () =>
      merge([[], [dense(new Float64Array(6), new Float64Array(2))]], "sum").forward(drawn([3], 1)),
    RangeError,
    "Cannot take the sum of outputs of [3] and [2]",
  );
  const layer = scale(Float64Array.of(2, -3), Float64Array.of(0.5, 1));
  close(layer.forward({ shape: [2, 2], data: Float64Array.of(1, 1, 0, 2) }).data, [
    2.5,
    -2,
    0.5,
    -5,
  ], "");
  checkGradient(layer, [3, 2]);
  checkLinear(layer, [3, 2]);
  assertThrows(() => scale(new Float64Array(2), new Float64Array(3)), RangeError, "2 weights");
  const reversed = reverseRows().forward({ shape: [2, 2], data: Float64Array.of(1, 2, 3, 4) });
  assertEquals([...reversed.data], [3, 4, 1, 2]);
  checkGradient(reverseRows(), [3, 2]);
});
