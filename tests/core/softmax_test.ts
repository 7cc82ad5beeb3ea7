import { probabilityOf, softmax } from "@heatword/core/softmax";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import fc from "fast-check";

Deno.test("softmax() and probabilityOf() are e to the scores over their sum", () => {
  const scores = fc.array(fc.double({ min: -50, max: 50, noNaN: true }), {
    minLength: 1,
    maxLength: 8,
  });
  fc.assert(fc.property(scores, (scores) => {
    const sum = scores.map((score) => Math.E ** score).reduce((a, b) => a + b);
    softmax(scores).forEach((probability, c) => {
      const expected = Math.E ** scores[c]! / sum;
      assertAlmostEquals(probability, expected, 1e-12);
      assertAlmostEquals(probabilityOf(scores, c), expected, 1e-12);
    });
  }));
});

Deno.test("softmax() and probabilityOf() take scores whose powers no number holds", () => {
  for (const scores of [[1000, 0], [0, -1000], Float32Array.of(5000, -5000)]) {
    assertEquals([...softmax(scores)], [1, 0]);
    assertEquals([probabilityOf(scores, 0), probabilityOf(scores, 1)], [1, 0]);
  }
});
