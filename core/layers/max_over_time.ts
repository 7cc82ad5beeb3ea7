import { type Tensor, zerosLike } from "../tensor.ts";
import type { RouteLayer } from "./layer.ts";

/**
 * The position that wins the maximum of each channel: the first of equals.
 *
 * @param input Shape [T, F].
 * @returns Positions, shape [F].
 */
export function winners({ shape, data }: Tensor): Int32Array {
  const [length, channels] = shape as [number, number];
  const winner = new Int32Array(channels);
  for (let t = 1; t < length; t++) {
    for (let f = 0; f < channels; f++) {
      if (data[t * channels + f]! > data[winner[f]! * channels + f]!) winner[f] = t;
    }
  }
  return winner;
}

/**
 * Max-pooling over the whole text, from [T, F] to [F]. Gradient and relevance go to the position
 * that won (winner-take-all), the first of equals.
 *
 * @param name The name of the layer.
 * @returns The layer.
 */
export function maxOverTime(name = "max"): RouteLayer {
  return {
    name,
    relevance: "route",
    sources: (input) => winners(input).map((t, f) => t * input.shape[1]! + f),
    forward(input): Tensor {
      const channels = input.shape[1]!;
      const result = zerosLike(input.data, channels);
      winners(input).forEach((t, f) => result[f] = input.data[t * channels + f]!);
      return { shape: [channels], data: result };
    },
    backward(input, outputGradient): Tensor {
      const channels = input.shape[1]!;
      const gradient = zerosLike(outputGradient.data, input.data.length);
      winners(input).forEach((t, f) => gradient[t * channels + f] = outputGradient.data[f]!);
      return { shape: input.shape, data: gradient };
    },
  };
}
