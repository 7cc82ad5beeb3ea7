import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";
import { type Pooling, poolingNames, poolWords } from "@heatword/core";

/** The definitions, word by word. */
const definitions: Record<Pooling, (word: number[]) => number> = {
  "sum": (word) => word.reduce((a, b) => a + b, 0),
  "squared-l2": (word) => word.map((x) => x * x).reduce((a, b) => a + b, 0),
  "l2": (word) => Math.hypot(...word),
  "l1": (word) => word.map(Math.abs).reduce((a, b) => a + b, 0),
  "max-norm": (word) => Math.max(...word.map(Math.abs)),
};

Deno.test("poolWords() pools as defined, in float64 and in float32", () => {
  assertEquals([...poolingNames].sort(), Object.keys(definitions).sort());
  const values = fc.array(fc.float({ min: -100, max: 100, noNaN: true }), {
    minLength: 12,
    maxLength: 12,
  });
  fc.assert(fc.property(values, fc.constantFrom(1, 2, 3, 12), (drawn, dimensions) => {
    for (const type of [Float64Array, Float32Array]) {
      const numbers = type.from(drawn);
      for (const pooling of poolingNames) {
        const words = poolWords(numbers, dimensions, pooling);
        assertEquals(words.length, 12 / dimensions);
        words.forEach((word, t) => {
          const row = [...numbers.subarray(t * dimensions, (t + 1) * dimensions)];
          assertAlmostEquals(word, definitions[pooling](row), 1e-9);
        });
      }
    }
  }));
});

Deno.test("poolWords() takes no words", () => {
  assertEquals(poolWords(new Float64Array(0), 3, "sum"), new Float64Array(0));
  assertEquals(poolWords(new Float64Array(0), 0, "sum"), new Float64Array(0));
});
