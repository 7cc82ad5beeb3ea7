import { conv1d, type Conv1dOptions } from "@heatword/core";
import * as tf from "@tensorflow/tfjs";
import { assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";
import { checkGradient, checkLinear, checkWindow, drawn } from "./_check_layer.ts";

tf.enableProdMode();
await tf.setBackend("cpu");

const arrangements: [width: number, options: Conv1dOptions][] = [];
for (const width of [1, 2, 3, 5]) {
  for (const padding of ["valid", "same"] as const) {
    arrangements.push([width, { padding }], [width, { padding, stride: 2 }]);
    arrangements.push([width, { padding, stride: 3 }], [width, { padding, dilation: 2 }]);
  }
}

function layerOf(width: number, options: Conv1dOptions, seed = 5) {
  const weights = drawn([width, 3, 4], seed).data;
  const bias = drawn([4], seed + 1).data;
  return { weights, bias, layer: conv1d(weights, bias, width, "convolution", options) };
}

for (const [width, options] of arrangements) {
  const { stride = 1, dilation = 1, padding } = options;
  const what = `of width ${width}, ${padding}, stride ${stride}, dilation ${dilation}`;

  Deno.test(`conv1d() ${what} has the gradient of finite differences`, () => {
    const { layer } = layerOf(width, options);
    for (const length of [9, 10, 13]) checkGradient(layer, [length, 3], length);
  });

  Deno.test(`conv1d() ${what} is linear, and tells how many inputs an output has`, () => {
    const { layer } = layerOf(width, options);
    for (const length of [9, 10, 13]) checkLinear(layer, [length, 3], length);
    if (padding === "valid") checkWindow(layer, [13, 3]);
    else assertEquals(layer.window, undefined);
  });

  Deno.test(`conv1d() ${what} gives what tfjs gives, and its gradient`, () => {
    const { weights, bias, layer } = layerOf(width, options);
    for (const length of [9, 10, 11, 12]) {
      const input = drawn([length, 3], length);
      const output = layer.forward(input);
      const y = drawn(output.shape, 8);
      const [value, gradient] = tf.tidy(() => {
        const kernel = tf.tensor3d(Float32Array.from(weights), [width, 3, 4]);
        const run = (x: tf.Tensor) =>
          tf.conv1d(x as tf.Tensor2D, kernel, stride, padding!, "NWC", dilation)
            .add(tf.tensor1d(Float32Array.from(bias)));
        const x = tf.tensor2d(Float32Array.from(input.data), [length, 3]);
        const weighted = (x: tf.Tensor) =>
          run(x).mul(tf.tensor(Float32Array.from(y.data), [...y.shape])).sum();
        const z = run(x);
        assertEquals(z.shape, [...output.shape]);
        // tfjs has no gradient of dilated convolutions; finite differences hold those.
        return [z.dataSync(), dilation > 1 ? undefined : tf.grad(weighted)(x).dataSync()];
      });
      output.data.forEach((z, i) => assertAlmostEquals(z, value![i]!, 1e-5));
      const own = layer.backward(input, y).data;
      gradient?.forEach((g, i) => assertAlmostEquals(own[i]!, g, 1e-5));
    }
  });
}

Deno.test("conv1d() tells what each word adds to its windows", () => {
  for (const [width, options] of arrangements.filter(([, { padding }]) => padding === "valid")) {
    const { layer, bias } = layerOf(width, options);
    const { stride = 1, dilation = 1 } = options;
    const input = drawn([11, 3], width);
    const parts = layer.project!(input);
    assertEquals(parts.shape, [11, width, 4]);
    layer.forward(input).data.forEach((z, i) => {
      const [t, f] = [Math.floor(i / 4), i % 4];
      let sum = bias[f]!;
      for (let k = 0; k < width; k++) {
        sum += parts.data[((t * stride + k * dilation) * width + k) * 4 + f]!;
      }
      assertAlmostEquals(z, sum, 1e-12);
    });
  }
  assertEquals(layerOf(2, { padding: "same" }).layer.project, undefined);
});

Deno.test("conv1d() computes in the element type of its input", () => {
  const { layer } = layerOf(2, {});
  const { data } = layer.forward({ shape: [3, 3], data: new Float32Array(9).fill(0.1) });
  assertEquals(data.constructor, Float32Array);
});

Deno.test("conv1d() refuses wrong sizes", () => {
  const { layer } = layerOf(3, {});
  assertThrows(() => layer.forward(drawn([2, 3], 1)), RangeError, "Cannot apply filters of [3, 3]");
  assertThrows(() => layer.forward(drawn([4, 2], 1)), RangeError, "an input of [4, 2]");
  const weights = new Float64Array(6);
  const make = (width: number, options = {}) =>
    conv1d(weights, new Float64Array(1), width, "convolution", options);
  assertThrows(() => make(4), RangeError, "width 4");
  assertThrows(() => make(2, { stride: 0 }), RangeError, "stride 0");
  assertThrows(() => make(2, { dilation: 1.5 }), RangeError, "dilation 1.5");
});

Deno.test("conv1d() gives the same where only a few outputs are wanted", () => {
  // Rows of which less than an eighth is wanted are computed output by output.
  const filters = 24;
  for (const [width, options] of arrangements) {
    const weights = drawn([width, 3, filters], 7).data;
    const layer = conv1d(weights, new Float64Array(filters), width, "convolution", options);
    const input = drawn([10, 3], 8);
    const all = layer.map().apply(input);
    const wanted = Float64Array.from(all.data, (_, i) => {
      const [row, f] = [Math.floor(i / filters), i % filters];
      if (row === 0) return 1;
      return f === row % filters || f === filters - 1 ? -2 : 0;
    });
    const some = layer.map().apply(input, wanted);
    assertEquals(some.shape, all.shape);
    wanted.forEach((weight, i) => {
      if (weight !== 0) assertAlmostEquals(some.data[i]!, all.data[i]!, 1e-12);
    });
  }
});
