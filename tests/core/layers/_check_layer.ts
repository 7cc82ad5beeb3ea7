import { type Layer, type LinearLayer, Random, type Tensor } from "@heatword/core";
import { assertAlmostEquals, assertEquals } from "@std/assert";

/** Numbers drawn from [−1, 1), in float64. */
export function drawn(shape: readonly number[], seed: number): Tensor {
  const random = new Random(seed);
  const size = shape.reduce((product, n) => product * n, 1);
  return { shape, data: Float64Array.from({ length: size }, () => 2 * random.uniform() - 1) };
}

export function dot(a: ArrayLike<number>, b: ArrayLike<number>): number {
  return Array.from(a, (value, i) => value * b[i]!).reduce((sum, value) => sum + value, 0);
}

/** Holds the backward pass against central differences, and sees that inputs are left alone. */
export function checkGradient(layer: Layer, shape: readonly number[], seed = 1): void {
  const input = drawn(shape, seed);
  const copy = input.data.slice();
  const output = layer.forward(input);
  assertEquals(output.data.length, output.shape.reduce((product, n) => product * n, 1));
  const weights = drawn(output.shape, seed + 1);
  const gradient = layer.backward(input, weights);
  assertEquals(gradient.shape, shape);
  assertEquals(input.data, copy);
  const h = 1e-6;
  for (let i = 0; i < copy.length; i++) {
    const at = (value: number) => {
      const data = copy.slice();
      data[i] = value;
      return dot(layer.forward({ shape, data }).data, weights.data);
    };
    const slope = (at(copy[i]! + h) - at(copy[i]! - h)) / (2 * h);
    assertAlmostEquals(gradient.data[i]!, slope, 1e-8);
  }
}

/** Holds the linear view of a layer against its forward pass and against itself. */
export function checkLinear(layer: LinearLayer, shape: readonly number[], seed = 1): void {
  const input = drawn(shape, seed);
  const output = layer.forward(input);
  const y = drawn(output.shape, seed + 1);
  const channels = layer.bias.length;
  for (const change of [undefined, (w: number) => w * w, () => 1]) {
    const map = layer.map(change);
    const forward = map.apply(input);
    const back = map.transpose(y, shape);
    assertEquals(forward.shape, output.shape);
    assertEquals(back.shape, shape);
    assertAlmostEquals(dot(forward.data, y.data), dot(input.data, back.data), 1e-10);
    if (change === undefined) {
      forward.data.forEach((z, j) =>
        assertAlmostEquals(output.data[j]!, z + layer.bias[j % channels]!, 1e-12)
      );
    }
  }
  // With all weights one and all inputs one, an output counts its inputs.
  const ones = { shape, data: new Float64Array(input.data.length).fill(1) };
  const counted = layer.map(() => 1).apply(ones).data;
  const told = layer.fanIns?.(shape) ?? new Float64Array(counted.length).fill(layer.fanIn);
  assertEquals([...told], [...counted]);
}

/** Sees that an output row is what the rows of its window give alone. */
export function checkWindow(layer: Layer, shape: readonly [number, number], seed = 1): void {
  const { reach, stride } = layer.window!;
  const input = drawn(shape, seed);
  const output = layer.forward(input);
  const [count, channels] = output.shape as [number, number];
  for (let t = 0; t < count; t++) {
    const data = input.data.slice(t * stride * shape[1], (t * stride + reach) * shape[1]);
    const alone = layer.forward({ shape: [reach, shape[1]], data });
    assertEquals(alone.shape, [1, channels]);
    assertEquals([...alone.data], [...output.data.slice(t * channels, (t + 1) * channels)]);
  }
}
