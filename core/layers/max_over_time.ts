import { type FloatArray, type Tensor, zerosLike } from "../tensor.ts";
import type { KeptOutput, RouteLayer } from "./layer.ts";

/** The maximum of each channel, and the first position that has it; both of shape [F]. */
function maxima({ shape, data }: Tensor): { best: FloatArray; winner: Int32Array } {
  const [length, channels] = shape as [number, number];
  const best = data.slice(0, channels);
  const winner = new Int32Array(channels);
  for (let t = 1; t < length; t++) {
    for (let f = 0; f < channels; f++) {
      const value = data[t * channels + f]!;
      if (value > best[f]!) {
        best[f] = value;
        winner[f] = t;
      }
    }
  }
  return { best, winner };
}

/** Maxima of rows that change: looked for anew only where the row that won has changed. */
function keptMaxima(input: Tensor): KeptOutput {
  const { shape, data } = input;
  const [length, channels] = shape as [number, number];
  const { best, winner } = maxima(input);

  const renewChannel = (f: number) => {
    let first = 0;
    for (let t = 1; t < length; t++) {
      if (data[t * channels + f]! > data[first * channels + f]!) first = t;
    }
    winner[f] = first;
    best[f] = data[first * channels + f]!;
  };

  return {
    renew(changed) {
      for (const [from, to] of changed) {
        for (let f = 0; f < channels; f++) {
          // NaN in the first row, with which all are compared, stays the maximum.
          const isFirst = from === 0 && Number.isNaN(data[f]);
          if (isFirst || winner[f]! >= from && winner[f]! < to) {
            renewChannel(f);
            continue;
          }
          for (let t = from; t < to; t++) {
            const value = data[t * channels + f]!;
            if (value > best[f]! || value === best[f]! && t < winner[f]!) {
              best[f] = value;
              winner[f] = t;
            }
          }
        }
      }
    },
    output: () => ({ shape: [channels], data: best.slice() }),
  };
}

/**
 * The position that wins the maximum of each channel: the first of equals.
 *
 * @param input Shape [T, F].
 * @returns Positions, shape [F].
 */
export const winners = (input: Tensor): Int32Array => maxima(input).winner;

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
    keep: keptMaxima,
    sources: (input) => winners(input).map((t, f) => t * input.shape[1]! + f),
    forward: (input) => ({ shape: [input.shape[1]!], data: maxima(input).best }),
    backward(input, outputGradient): Tensor {
      const channels = input.shape[1]!;
      const gradient = zerosLike(outputGradient.data, input.data.length);
      winners(input).forEach((t, f) => gradient[t * channels + f] = outputGradient.data[f]!);
      return { shape: input.shape, data: gradient };
    },
  };
}
