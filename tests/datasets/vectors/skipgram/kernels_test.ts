import { Random } from "@heatword/core";
import { assert, assertEquals } from "@std/assert";
import {
  aliasCells,
  chancesToStay,
  noiseChances,
  thresholds,
} from "../../../../datasets/vectors/skipgram/_chances.ts";
import { divide } from "../../../../datasets/vectors/skipgram/_division.ts";
import { numberWords } from "../../../../datasets/vectors/numbered_text.ts";
import {
  skipgramModule,
  startKernels,
} from "../../../../datasets/vectors/skipgram/kernels/kernels.ts";
import { type Group, lossOf } from "./_plain.ts";

const memory = new WebAssembly.Memory({ initial: 2, maximum: 2, shared: true });
const kernels = startKernels(skipgramModule(), memory);
const numbers = new Uint32Array(memory.buffer);
const floats = new Float32Array(memory.buffer);

const DIMENSIONS = 24;
const ROW = 4 * DIMENSIONS;
const [GROUPS, ROWS, PRODUCTS, FRESH] = [4096, 16384, 65536, 98304];

/** Learns from one group by the kernels; how far each row has moved. */
function movedBy(rows: readonly number[][], group: Group, rate: number): number[][] {
  const { contexts, outputs } = group;
  const blank = rows.length;
  const n = Math.max(2, contexts.length);
  const m = 3 * Math.ceil(outputs.length / 3);
  const fill = (list: readonly number[], length: number) => [
    ...list,
    ...Array<number>(length - list.length).fill(blank),
  ];
  rows.forEach((row, i) => floats.set(row, (ROWS + i * ROW) / 4));
  floats.fill(0, (ROWS + blank * ROW) / 4, (ROWS + (blank + 1) * ROW) / 4);
  const addresses = [...fill(contexts, n), ...fill(outputs, m)].map((row) => ROWS + row * ROW);
  numbers.set([n, m, contexts.length, outputs.length, ...addresses], GROUPS / 4);
  const width = 16 * Math.ceil((m + 1) / 4);
  kernels.descend(GROUPS, 1, ROW, rate, PRODUCTS, width, FRESH);
  const now = (i: number) => floats.subarray((ROWS + i * ROW) / 4, (ROWS + (i + 1) * ROW) / 4);
  assert(now(blank).every((value) => value === 0), "the row of zeros moved");
  return rows.map((row, i) => Array.from(now(i), (value, d) => value - row[d]!));
}

Deno.test("a step follows the gradient of the loss, as finite differences have it", () => {
  const random = new Random(1);
  const rate = 0.125;
  for (const [n, m] of [[1, 2], [2, 6], [3, 3], [4, 6], [5, 4], [7, 7], [8, 1], [11, 6]] as const) {
    const rows = Array.from(
      { length: n + m },
      () => Array.from({ length: DIMENSIONS }, () => Math.fround(0.5 * random.normal())),
    );
    const group = {
      contexts: Array.from({ length: n }, (_, i) => i),
      outputs: Array.from({ length: m }, (_, j) => n + j),
    };
    const moved = movedBy(rows, group, rate);
    const h = 1e-5;
    rows.forEach((row, i) =>
      row.forEach((value, d) => {
        row[d] = value + h;
        const above = lossOf(rows, group);
        row[d] = value - h;
        const below = lossOf(rows, group);
        row[d] = value;
        const expected = -rate * (above - below) / (2 * h);
        const error = Math.abs(moved[i]![d]! - expected);
        assert(error < 2e-6, `${n} × ${m}, row ${i}, dimension ${d}: ${moved[i]![d]}, ${expected}`);
      })
    );
  }
});

Deno.test("a step saturates, and takes a context that stands there twice for two", () => {
  const far = Array.from({ length: DIMENSIONS }, () => 10);
  // Context and word agree to σ(2400) = 1: nothing to learn; the noise word disagrees as clearly.
  const rows = [far, far, far.map((value) => -value)];
  const moved = movedBy(rows, { contexts: [0], outputs: [1, 2] }, 0.5);
  assert(moved.flat().every((value) => Math.abs(value) < 1e-6), `${moved}`);

  const small = [far.map(() => 0.1), far.map(() => 0.1), far.map(() => 0)];
  const once = movedBy(small, { contexts: [0], outputs: [1, 2] }, 0.5);
  const twice = movedBy(small, { contexts: [0, 0], outputs: [1, 2] }, 0.5);
  once.forEach((row, i) =>
    row.forEach((value, d) => assert(Math.abs(twice[i]![d]! - 2 * value) < 1e-7))
  );
});

Deno.test("alias cells hold the distribution that they are made of", () => {
  const counts = Uint32Array.of(1000, 400, 90, 90, 16, 9, 4, 1);
  const chances = noiseChances(counts);
  const roots = [...counts].map(Math.sqrt);
  const all = roots.reduce((sum, root) => sum + root, 0);
  roots.forEach((root, i) => assert(Math.abs(chances[i]! - root / all) < 1e-12));
  const cells = aliasCells(chances);
  const mass = new Float64Array(counts.length);
  for (let cell = 0; cell < counts.length; cell++) {
    const own = cells[2 * cell]! / 2 ** 32;
    mass[cell]! += own / counts.length;
    mass[cells[2 * cell + 1]!]! += (1 - own) / counts.length;
  }
  mass.forEach((value, i) => assert(Math.abs(value - chances[i]!) < 1e-9, `outcome ${i}`));
});

Deno.test("frequent words stay with word2vec's chance", () => {
  const stay = chancesToStay(Uint32Array.of(900, 99, 1), 0.01);
  const chance = (share: number) => Math.sqrt(0.01 / share) + 0.01 / share;
  assertEquals([...stay], [chance(0.9), chance(0.099), 1].map((x) => Math.min(1, x)));
  assertEquals([...thresholds(Float64Array.of(0, 0.5, 1))], [0, 2 ** 31, 2 ** 32 - 1]);
});

Deno.test("words are numbered by how often they are there, equals by where they are first", () => {
  const text = new TextEncoder().encode("b a c a\nrare\na c b \ufeffx \ufeffx\n");
  const { words, counts, numbers, starts, total } = numberWords(text, 2);
  assertEquals(words, ["a", "b", "c", "\ufeffx"]);
  assertEquals([...counts], [3, 2, 2, 2]);
  assertEquals([...numbers], [1, 0, 2, 0, 0, 2, 1, 3, 3]);
  assertEquals([...starts], [0, 4, 4, 9]);
  assertEquals(total, 10);
});

Deno.test("fewer words are learned from at the same time where few are frequent", () => {
  const division = (words: number) => {
    const counts = new Uint32Array(words).fill(10);
    const stay = new Float64Array(words).fill(1);
    return divide(counts, stay, noiseChances(counts), 5);
  };
  // No more than 8 times the output row of a word in a round: with 1 + 5 of them for each place.
  assertEquals(division(2), { parts: 1, places: 64, drawn: 64 });
  assertEquals(division(48), { parts: 4, places: 16, drawn: 20 });
  assertEquals(division(250), { parts: 8, places: 41, drawn: 41 });
  assertEquals(division(10_000), { parts: 8, places: 64, drawn: 64 });
});
