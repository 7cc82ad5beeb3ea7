import { assert, assertAlmostEquals, assertEquals, assertNotEquals } from "@std/assert";
import fc from "fast-check";
import { Random } from "@heatword/core";

Deno.test("Random gives the numbers of mulberry32", () => {
  const random = new Random(1);
  // Computed by an independent implementation.
  const expected = [0.6270739405881613, 0.002735721180215478, 0.5274470399599522];
  for (const value of expected) assertAlmostEquals(random.uniform(), value, 1e-15);
});

Deno.test("Random goes on from its state", () => {
  const random = new Random(7);
  for (let i = 0; i < 10; i++) random.uniform();
  const other = new Random(random.state);
  for (let i = 0; i < 10; i++) assertEquals(other.bits(), random.bits());
});

Deno.test("Random.uniform() fills its range evenly", () => {
  const random = new Random(3);
  const counts = new Array(10).fill(0);
  for (let i = 0; i < 100_000; i++) counts[Math.floor(random.uniform() * 10)]++;
  for (const count of counts) assert(Math.abs(count - 10_000) < 500, String(counts));
});

Deno.test("Random.normal() has mean 0 and variance 1", () => {
  const random = new Random(4);
  const values = Array.from({ length: 100_000 }, () => random.normal());
  assert(values.every(Number.isFinite));
  const mean = values.reduce((a, b) => a + b) / values.length;
  const variance = values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / values.length;
  assertAlmostEquals(mean, 0, 0.02);
  assertAlmostEquals(variance, 1, 0.02);
});

Deno.test("Random.below() stays below its bound", () => {
  fc.assert(fc.property(fc.integer(), fc.integer({ min: 1, max: 2 ** 32 }), (seed, bound) => {
    const value = new Random(seed).below(bound);
    assert(Number.isInteger(value) && value >= 0 && value < bound);
  }));
});

Deno.test("Random.shuffle() keeps all items and reaches every order", () => {
  const random = new Random(5);
  const seen = new Set<string>();
  for (let i = 0; i < 200; i++) seen.add(random.shuffle([1, 2, 3]).join());
  assertEquals([...seen].sort(), ["1,2,3", "1,3,2", "2,1,3", "2,3,1", "3,1,2", "3,2,1"]);
});

Deno.test("Random.fork() gives parts that do not depend on the order of work", () => {
  const random = new Random(6);
  const state = random.state;
  const [a, b] = [random.fork(0).bits(), random.fork(1).bits()];
  assertEquals(random.state, state);
  assertEquals([random.fork(1).bits(), random.fork(0).bits()], [b, a]);
  assertNotEquals(a, b);
  assertNotEquals(new Random(6).bits(), a);
});

/** Mulberry32 as it is published, in whole numbers of any size. */
function* mulberry32(seed: number): Generator<number> {
  const low = (value: bigint) => value & 0xffffffffn;
  let state = low(BigInt(seed));
  while (true) {
    state = low(state + 0x6d2b79f5n);
    let t = state;
    t = low((t ^ (t >> 15n)) * (t | 1n));
    t ^= low(t + low((t ^ (t >> 7n)) * (t | 61n)));
    yield Number(t ^ (t >> 14n));
  }
}

const first = (seed: number) => mulberry32(seed).next().value as number;

Deno.test("Random.normal() is the cosine half of Box and Muller, of two numbers each", () => {
  const bits = mulberry32(12);
  const uniform = () => (bits.next().value as number) / 2 ** 32;
  const random = new Random(12);
  for (let i = 0; i < 100; i++) {
    const [u, v] = [uniform(), uniform()];
    const expected = Math.sqrt(-2 * Math.log(1 - u)) * Math.cos(2 * Math.PI * v);
    assertAlmostEquals(random.normal(), expected, 1e-12);
  }
});

Deno.test("Random.shuffle() swaps from the end, by one number each", () => {
  const bits = mulberry32(3);
  const items = Array.from({ length: 20 }, (_, i) => i);
  const expected = [...items];
  for (let i = 19; i > 0; i--) {
    const j = Math.floor((bits.next().value as number) / 2 ** 32 * (i + 1));
    [expected[i], expected[j]] = [expected[j]!, expected[i]!];
  }
  assertEquals(new Random(3).shuffle(items), expected);
});

Deno.test("Random.fork() gives every key, 0 too, a generator of its own, always the same", () => {
  for (const seed of [0, 1, 4294967295]) {
    for (const key of [0, 1, 2, 17, 1e6]) {
      const mixed = Number(BigInt(seed) ^ BigInt.asUintN(32, BigInt(key + 1) * 0x9e3779b1n));
      assertEquals(new Random(seed).fork(key).bits(), first(first(mixed)), `${seed}, ${key}`);
    }
  }
  const random = new Random(5);
  const before = random.state;
  random.fork(3);
  assertEquals(random.state, before);
});
