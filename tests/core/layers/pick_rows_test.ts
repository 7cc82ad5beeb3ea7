import { pickRows } from "@heatword/core";
import { assertEquals } from "@std/assert";
import fc from "fast-check";

const picking = fc.record({
  rows: fc.integer({ min: 1, max: 6 }),
  size: fc.integer({ min: 1, max: 3 }),
  picks: fc.array(fc.nat(5), { minLength: 1, maxLength: 8 }),
}).map(({ rows, size, picks }) => ({ rows, size, order: picks.map((pick) => pick % rows) }));

Deno.test("pickRows() copies whole rows, and takes gradients back to where they came from", () => {
  fc.assert(
    fc.property(picking, ({ rows, size, order }) => {
      const layer = pickRows(order);
      const data = Float64Array.from({ length: rows * size }, (_, i) => i + 1);
      const input = { shape: [rows, size], data };
      const output = layer.forward(input);
      assertEquals(output.shape, [order.length, size]);
      const expected = order.flatMap((row) => [...data.subarray(row * size, (row + 1) * size)]);
      assertEquals([...output.data], expected);
      assertEquals([...layer.sources(input)].map((i) => data[i]!), expected);
      // The gradient of Σ w·output: every row has the weights of all its copies.
      const weights = Float64Array.from({ length: output.data.length }, (_, i) => 2 ** i);
      const below = layer.backward(input, { shape: output.shape, data: weights });
      const sums = new Float64Array(data.length);
      layer.sources(input).forEach((i, j) => sums[i]! += weights[j]!);
      assertEquals([...below.data], [...sums]);
      assertEquals(below.shape, input.shape);
    }),
    { seed: 5 },
  );
});
