import { Random } from "@heatword/core";
import fc from "fast-check";
import type { Net } from "./_model.ts";

/** A network and an input, drawn from a seed. */
export interface Drawn {
  readonly net: Net;
  readonly x: number[][];
}

/** Sizes to draw from. */
export interface Sizes {
  readonly words?: { readonly min: number; readonly max: number };
  readonly bias?: number;
}

/** Networks of all small sizes, with deleted, repeated and ordinary words. */
export function drawnNetworks({ words = { min: 2, max: 6 }, bias = 0.5 }: Sizes = {}) {
  return fc.record({
    seed: fc.integer({ min: 0, max: 2 ** 31 }),
    length: fc.integer(words),
    dimensions: fc.integer({ min: 1, max: 4 }),
    filters: fc.integer({ min: 1, max: 5 }),
    classes: fc.integer({ min: 2, max: 4 }),
    kinds: fc.array(fc.constantFrom("new", "new", "new", "deleted", "repeated"), {
      minLength: words.max,
      maxLength: words.max,
    }),
  }).map(({ seed, length, dimensions, filters, classes, kinds }): Drawn => {
    const random = new Random(seed);
    const list = (count: number, scale: number) =>
      Array.from({ length: count }, () => scale * random.normal());
    const net = {
      convW: Array.from({ length: 2 * dimensions }, () => list(filters, 1)),
      convB: list(filters, bias),
      fcW: Array.from({ length: filters }, () => list(classes, 1)),
      fcB: list(classes, bias),
    };
    const x: number[][] = [];
    for (let t = 0; t < length; t++) {
      const fresh = list(dimensions, 1);
      const kind = t === 0 ? "new" : kinds[t];
      x.push(
        kind === "deleted" ? fresh.map(() => 0) : kind === "repeated" ? [...x[t - 1]!] : fresh,
      );
    }
    return { net, x };
  });
}
