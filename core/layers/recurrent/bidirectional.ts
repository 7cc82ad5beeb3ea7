import type { Layer } from "../layer.ts";
import { merge } from "../merge.ts";
import { parallel } from "../parallel.ts";
import { reverseRows } from "../reverse_rows.ts";
import type { Cell } from "./cell.ts";
import { recurrent, type RecurrentOptions } from "./recurrent.ts";

/** How the outputs of two directions become one, by the names of Keras. */
export type MergeMode = "concat" | "sum" | "mul" | "ave";

/** The names of all ways to merge two directions. */
export const mergeModes: readonly MergeMode[] = ["concat", "sum", "mul", "ave"];

const operations = { sum: "sum", mul: "product", ave: "average" } as const;

/** How two directions go through a text. */
export interface BidirectionalOptions extends Pick<RecurrentOptions, "returnSequences" | "mask"> {
  /** What becomes of the outputs of both. @default {"concat"} */
  readonly mergeMode?: MergeMode;
}

/**
 * Two recurrent layers on the same text, the second from the last word on (Schuster and Paliwal
 * 1997). Their last states are merged, or their states at each word, in the order of the text.
 *
 * @param forward What the first does at a word.
 * @param backward What the second does at a word.
 * @param options How they go through a text, and how their outputs become one.
 * @param name The name of the layer; its directions are `name/forward` and `name/backward`.
 * @returns The layer.
 */
export function bidirectional(
  forward: Cell,
  backward: Cell,
  { returnSequences = false, mergeMode = "concat", mask }: BidirectionalOptions = {},
  name = "bidirectional",
): Layer {
  const options = { returnSequences, ...(mask && { mask }) };
  const branches = [
    [recurrent(forward, options, `${name}/forward`)],
    [
      recurrent(backward, { ...options, goBackwards: true }, `${name}/backward`),
      ...(returnSequences ? [reverseRows(`${name}/order`)] : []),
    ],
  ];
  return mergeMode === "concat"
    ? parallel(branches, { name, axis: returnSequences ? 1 : 0 })
    : merge(branches, operations[mergeMode], name);
}
