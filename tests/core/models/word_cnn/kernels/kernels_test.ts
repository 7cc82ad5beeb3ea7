import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { Random } from "@heatword/core";
import { Kernels } from "../../../../../core/models/word_cnn/kernels/mod.ts";

/** Kernels with arrays in their memory. */
function workbench(seed: number) {
  const kernels = new Kernels();
  const random = new Random(seed);
  return {
    kernels,
    draw: (length: number) => Float32Array.from({ length }, () => 2 * random.uniform() - 1),
    put(values: Float32Array): number {
      const address = kernels.allocate(values.byteLength);
      kernels.float32.set(values, address / 4);
      return address;
    },
    addresses(values: number[]): number {
      const address = kernels.allocate(4 * values.length);
      kernels.uint32.set(values, address / 4);
      return address;
    },
    read: (address: number, length: number) =>
      kernels.float32.slice(address / 4, address / 4 + length),
  };
}

Deno.test("Kernels.allocate() gives aligned zeros that do not overlap, and grows", () => {
  const kernels = new Kernels();
  let end = 0;
  for (const bytes of [1, 64, 100_000, 0, 3_000_000]) {
    const address = kernels.allocate(bytes);
    assertEquals(address % 64, 0);
    assert(address >= end);
    end = address + bytes;
    const content = kernels.float32.subarray(address / 4, Math.ceil(end / 4));
    assert(content.every((value) => value === 0));
    content.fill(1);
  }
  assert(kernels.used >= end);
  assertThrows(() => kernels.allocate(2 ** 33), RangeError, "Cannot allocate 8589934592 bytes");
});

Deno.test("Kernels share memory through a handle", () => {
  const kernels = new Kernels();
  const other = new Kernels(kernels.handle!);
  const address = kernels.allocate(4 * 100_000);
  assert(other.allocate(4) > address);
  kernels.float32[address / 4 + 99_999] = 7;
  assertEquals(other.float32[address / 4 + 99_999], 7);
});

Deno.test("project() multiplies word vectors by packed filters", () => {
  for (const [words, depth, filters] of [[4, 4, 8], [12, 20, 24], [64, 300, 40]] as const) {
    const { kernels, draw, put, addresses, read } = workbench(words);
    const x = draw(words * depth);
    const w = draw(filters * depth);
    const at = put(x);
    const out = put(new Float32Array(words * filters));
    const panels = put(new Float32Array(filters * depth));
    const { functions } = kernels;
    functions.pack(put(w), depth * 4, depth, panels, filters / 8);
    const interleaved = put(new Float32Array(words * depth));
    const rows = addresses(Array.from({ length: words }, (_, i) => at + i * depth * 4));
    functions.interleave(rows, words, depth, interleaved);
    functions.project(
      interleaved,
      addresses(Array.from({ length: words }, (_, i) => i * filters * 4)),
      words,
      depth,
      panels,
      filters / 8,
      out,
    );
    const result = read(out, words * filters);
    for (let i = 0; i < words; i++) {
      for (let f = 0; f < filters; f++) {
        let sum = 0;
        for (let d = 0; d < depth; d++) {
          // Rounded after every step, so the same bytes are expected.
          sum = Math.fround(sum + Math.fround(x[i * depth + d]! * w[f * depth + d]!));
        }
        assertEquals(result[i * filters + f], sum);
      }
    }
  }
});

Deno.test("maxOverTime() finds the largest sum and the first window that has it", () => {
  const filters = 16;
  for (const length of [2, 3, 40]) {
    const { kernels, draw, put, addresses, read } = workbench(length);
    // Few distinct values, so that many windows are equal.
    const table = draw(length * 2 * filters).map((value) => Math.round(2 * value));
    const base = put(table);
    const best = put(new Float32Array(filters));
    const winner = put(new Float32Array(filters));
    const rows = addresses(Array.from({ length }, (_, t) => t * 2 * filters * 4));
    kernels.functions.maxOverTime(rows, base, length - 1, filters, filters * 4, best, winner);
    for (let f = 0; f < filters; f++) {
      const z = Array.from(
        { length: length - 1 },
        (_, t) => table[t * 2 * filters + f]! + table[(t + 1) * 2 * filters + filters + f]!,
      );
      assertEquals(read(best, filters)[f], Math.max(...z));
      assertEquals(kernels.uint32[winner / 4 + f], z.indexOf(Math.max(...z)));
    }
  }
});

Deno.test("spread() adds filters to the words of their windows", () => {
  const [filters, depth, length] = [24, 8, 7];
  const { kernels, draw, put, addresses, read } = workbench(1);
  const w = draw(filters * 2 * depth);
  const coefficients = draw(filters).map((value, f) => f % 5 === 0 ? 0 : value);
  const winners = Array.from({ length: filters }, (_, f) => f % (length - 1));
  const out = put(new Float32Array(length * depth));
  kernels.functions.spread(put(coefficients), addresses(winners), filters, put(w), depth, out);
  const expected = new Float64Array(length * depth);
  for (let f = 0; f < filters; f++) {
    for (let i = 0; i < 2 * depth; i++) {
      expected[winners[f]! * depth + i]! += coefficients[f]! * w[f * 2 * depth + i]!;
    }
  }
  read(out, length * depth).forEach((value, i) => assertAlmostEquals(value, expected[i]!, 1e-5));
});

Deno.test("dense() and denseBackward() are a dense layer behind a mask", () => {
  const [filters, classes] = [16, 8];
  const { kernels, draw, put, read } = workbench(2);
  const [best, bias, weights, denseBias, slope] = [
    draw(filters),
    draw(filters),
    draw(filters * classes),
    draw(classes),
    draw(classes),
  ];
  const mask = draw(filters).map((value) => value > 0 ? 2 : 0);
  const pooled = put(new Float32Array(filters));
  const scores = put(new Float32Array(classes));
  const gradient = put(new Float32Array(filters));
  const [w, m] = [put(weights), put(mask)];
  const { functions } = kernels;
  functions.activate(put(best), put(bias), m, pooled, filters);
  functions.dense(pooled, w, put(denseBias), scores, filters, classes);
  functions.denseBackward(put(slope), w, pooled, m, gradient, filters, classes);
  const active = best.map((value, f) => Math.max(0, value + bias[f]!) * mask[f]!);
  for (let c = 0; c < classes; c++) {
    const sum = active.reduce((sum, a, f) => sum + a * weights[f * classes + c]!, denseBias[c]!);
    assertAlmostEquals(read(scores, classes)[c]!, sum, 1e-5);
  }
  for (let f = 0; f < filters; f++) {
    let sum = 0;
    for (let c = 0; c < classes; c++) sum += slope[c]! * weights[f * classes + c]!;
    const expected = active[f]! > 0 ? sum * mask[f]! : 0;
    assertAlmostEquals(read(gradient, filters)[f]!, expected, 1e-5);
  }
});

Deno.test("update() descends with momentum and a penalty, and keeps an average", () => {
  const count = 12;
  const { kernels, draw, put, read } = workbench(3);
  const [weight, velocity, gradient, average] = [1, 2, 3, 4].map(() => draw(count));
  const [w, v, g, a] = [weight!, velocity!, gradient!, average!].map(put);
  kernels.functions.update(w!, v!, g!, a!, count, 0.1, 0.9, 0.01, 0.25);
  for (let i = 0; i < count; i++) {
    const speed = 0.9 * velocity![i]! + gradient![i]! + 0.01 * weight![i]!;
    const moved = weight![i]! - 0.1 * speed;
    assertAlmostEquals(read(v!, count)[i]!, speed, 1e-6);
    assertAlmostEquals(read(w!, count)[i]!, moved, 1e-6);
    assertAlmostEquals(read(a!, count)[i]!, average![i]! + 0.25 * (moved - average![i]!), 1e-6);
  }
});
