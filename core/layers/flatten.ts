import type { RouteLayer } from "./layer.ts";

/**
 * Puts the rows of its input one after the other, from [T, F] to [T · F].
 *
 * @param name The name of the layer.
 * @returns The layer.
 */
export function flatten(name = "flatten"): RouteLayer {
  return {
    name,
    relevance: "route",
    sources: ({ data }) => Int32Array.from({ length: data.length }, (_, i) => i),
    forward: ({ data }) => ({ shape: [data.length], data }),
    backward: ({ shape }, { data }) => ({ shape, data }),
  };
}
