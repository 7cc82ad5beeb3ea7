// Maxima that are kept while rows change are those that the layer finds anew.
import { maxOverTime } from "../../../core/layers/mod.ts";
import type { Tensor } from "../../../core/tensor.ts";
import { assertEquals } from "@std/assert";
import fc from "fast-check";

/** Few numbers, so that many are equal; NaN among them, which is larger than nothing. */
const number = fc.constantFrom(-1, 0, 0.5, 2, NaN);

const changes = fc.integer({ min: 1, max: 7 }).chain((length) =>
  fc.record({
    rows: fc.array(fc.array(number, { minLength: 3, maxLength: 3 }), {
      minLength: length,
      maxLength: length,
    }),
    steps: fc.array(
      fc.uniqueArray(
        fc.tuple(fc.nat(length - 1), fc.array(number, { minLength: 3, maxLength: 3 })),
        {
          selector: ([row]) => row,
        },
      ),
      { maxLength: 6 },
    ),
  })
);

Deno.test("kept maxima are those of the layer after every change of rows", () => {
  fc.assert(
    fc.property(changes, ({ rows, steps }) => {
      const input: Tensor = { shape: [rows.length, 3], data: Float64Array.from(rows.flat()) };
      const layer = maxOverTime();
      const kept = layer.keep!(input);
      assertEquals(kept.output(), layer.forward(input));
      for (const step of steps) {
        for (const [row, values] of step) input.data.set(values, row * 3);
        const places = step.map(([row]) => row).sort((a, b) => a - b);
        kept.renew(places.map((row) => [row, row + 1]));
        assertEquals(kept.output(), layer.forward(input));
      }
    }),
    { numRuns: 2000 },
  );
});

Deno.test("an output that was given stays as it is", () => {
  const input: Tensor = { shape: [2, 1], data: Float64Array.of(1, 2) };
  const kept = maxOverTime().keep!(input);
  const before = kept.output();
  input.data[1] = 5;
  kept.renew([[1, 2]]);
  assertEquals([...before.data], [2]);
  assertEquals([...kept.output().data], [5]);
});
