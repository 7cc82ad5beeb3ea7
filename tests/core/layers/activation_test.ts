import { flatten, relu, sigmoid, tanh } from "@heatword/core";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { checkGradient, drawn } from "./_check_layer.ts";

for (const [name, layer] of Object.entries({ relu: relu(), tanh: tanh(), sigmoid: sigmoid() })) {
  Deno.test(`${name}() has the gradient of finite differences, on rows and on a row`, () => {
    checkGradient(layer, [4, 3]);
    checkGradient(layer, [5]);
    assertEquals(layer.relevance, "identity");
  });
}

Deno.test("sigmoid() and tanh() stay finite far from zero", () => {
  const input = { shape: [2], data: new Float64Array([-1e4, 1e4]) };
  assertEquals([...sigmoid().forward(input).data], [0, 1]);
  assertEquals([...tanh().forward(input).data], [-1, 1]);
  const ones = { shape: [2], data: new Float64Array([1, 1]) };
  assertEquals([...sigmoid().backward(input, ones).data], [0, 0]);
  assertEquals([...tanh().backward(input, ones).data], [0, 0]);
});

Deno.test("sigmoid() is a shifted tanh()", () => {
  const input = drawn([9], 3);
  const half = { shape: [9], data: input.data.map((x) => x / 2) };
  const expected = tanh().forward(half).data.map((y) => (y + 1) / 2);
  sigmoid().forward(input).data.forEach((y, i) => assertAlmostEquals(y, expected[i]!, 1e-15));
});

Deno.test("flatten() puts rows one behind the other", () => {
  const input = drawn([3, 2], 1);
  assertEquals(flatten().forward(input), { shape: [6], data: input.data });
  assertEquals([...flatten().sources(input)], [0, 1, 2, 3, 4, 5]);
  checkGradient(flatten(), [3, 2]);
});
