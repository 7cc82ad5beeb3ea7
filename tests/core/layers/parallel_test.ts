import { conv1d, dense, flatten, type Layer, maxOverTime, parallel, relu } from "@heatword/core";
import { assertEquals, assertThrows } from "@std/assert";
import { checkGradient, drawn } from "./_check_layer.ts";

const convolution = (width: number, filters = 2) =>
  conv1d(drawn([width, 3, filters], width).data, drawn([filters], 9).data, width);
const pooled = (width: number): Layer[] => [convolution(width), relu(), maxOverTime()];

Deno.test("parallel() joins the outputs of its branches, in their order", () => {
  const input = drawn([6, 3], 1);
  const branches = [pooled(2), pooled(3), pooled(5)];
  const each = branches.map((layers) =>
    layers.reduce((value, layer) => layer.forward(value), input).data
  );
  const joined = parallel(branches).forward(input);
  assertEquals(joined.shape, [6]);
  assertEquals([...joined.data], each.flatMap((data) => [...data]));
});

Deno.test("parallel() joins rows along the text or side by side", () => {
  const input = drawn([4, 3], 1);
  const one = convolution(2).forward(input).data;
  const other = convolution(2, 1).forward(input).data;
  const beside = parallel([[convolution(2)], [convolution(2, 1)]], { axis: 1 }).forward(input);
  assertEquals(beside.shape, [3, 3]);
  assertEquals([...beside.data.slice(0, 3)], [one[0], one[1], other[0]]);
  const behind = parallel([[convolution(2)], [convolution(3)]], { axis: 0 }).forward(input);
  assertEquals(behind.shape, [5, 2]);
  assertEquals([...behind.data.slice(0, 6)], [...one]);
});

Deno.test("parallel() has the gradient of finite differences", () => {
  checkGradient(parallel([pooled(2), pooled(3)]), [6, 3]);
  checkGradient(parallel([[convolution(2)], [convolution(3)]], { axis: 0 }), [6, 3]);
  checkGradient(parallel([[convolution(2)], [convolution(2), relu()]], { axis: 1 }), [6, 3]);
  checkGradient(parallel([[], [relu()]], { axis: 1 }), [4, 3]);
  const nested = parallel([[parallel([pooled(2), pooled(4)])], [flatten()]]);
  checkGradient(nested, [5, 3]);
});

Deno.test("parallel() splits what it joined", () => {
  const layer = parallel([[], []], { axis: 1 });
  const shapes = [[2, 1], [2, 2]];
  const [one, other] = layer.split(new Float64Array([1, 2, 3, 4, 5, 6]), shapes);
  assertEquals([[...one!], [...other!]], [[1, 4], [2, 3, 5, 6]]);
});

Deno.test("parallel() refuses outputs that do not fit together", () => {
  const input = drawn([6, 3], 1);
  assertThrows(() => parallel([]), RangeError, "no branches");
  assertThrows(
    () => parallel([[convolution(2)], [convolution(3)]], { axis: 1 }).forward(input),
    RangeError,
    "Cannot join outputs of [5, 2] and [4, 2] along axis 1",
  );
  const scores = dense(drawn([18, 2], 1).data, drawn([2], 2).data);
  assertThrows(
    () => parallel([[flatten(), scores], [relu()]]).forward(input),
    RangeError,
    "Cannot join outputs of [2] and [6, 3]",
  );
});
