import { zerosLike } from "../tensor.ts";
import type { RouteLayer } from "./layer.ts";

/**
 * Puts the last row first, of [T, F].
 *
 * @param name The name of the layer.
 * @returns The layer.
 */
export function reverseRows(name = "reverse"): RouteLayer {
  const sources = ({ shape: [length, size] }: { readonly shape: readonly number[] }) =>
    Int32Array.from({ length: length! * size! }, (_, i) => {
      return (length! - 1 - Math.floor(i / size!)) * size! + i % size!;
    });
  return {
    name,
    relevance: "route",
    sources,
    forward(input) {
      const { shape, data } = input;
      const output = zerosLike(data, data.length);
      sources(input).forEach((source, i) => output[i] = data[source]!);
      return { shape, data: output };
    },
    backward({ shape }, { data }) {
      const below = zerosLike(data, data.length);
      sources({ shape }).forEach((source, i) => below[source] = data[i]!);
      return { shape, data: below };
    },
  };
}
