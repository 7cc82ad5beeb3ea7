import type { Coalitions } from "../../coalitions.ts";
import type { Input } from "../../model.ts";

/** What becomes of the tokens of a deleted word: they are taken out, or each is replaced. */
export type TokenDeletion = "remove" | "mask";

/** A text as an ONNX model sees it. */
export interface OnnxInput extends Input {
  /** The ids of its tokens, special ones included, shape [tokens]. */
  readonly ids: Int32Array;
  /** The word that each token belongs to, −1 for those that always stay, shape [tokens]. */
  readonly owners: Int32Array;
  /** Whether a word is deleted, shape [T]. */
  readonly gone: readonly boolean[];
  /** The scores of what was scored already; inputs of the same text share them. */
  readonly known: Map<string, Float32Array>;
}

/** The same with some words deleted. */
export function without(input: OnnxInput, positions: Iterable<number>): OnnxInput {
  const gone = [...input.gone];
  for (const t of positions) if (t < gone.length) gone[t] = true;
  return { ...input, gone };
}

/** The ids that are left, or those with masks in place of the others. */
function idsLeft(
  { ids, owners }: OnnxInput,
  gone: readonly boolean[],
  mask: number | undefined,
): Int32Array {
  const isGone = (i: number) => owners[i]! >= 0 && gone[owners[i]!]!;
  return mask === undefined
    ? ids.filter((_, i) => !isGone(i))
    : ids.map((id, i) => isGone(i) ? mask : id);
}

/**
 * The ids that are to be scored: those of the input, or of each coalition.
 *
 * @param input The input.
 * @param coalitions Which words stay.
 * @param mask The id that takes the place of those of deleted words; without it they are taken out.
 */
export function rowsOf(
  input: OnnxInput,
  coalitions: Coalitions | undefined,
  mask?: number,
): Int32Array[] {
  if (coalitions === undefined) return [idsLeft(input, input.gone, mask)];
  return Array.from({ length: coalitions.size }, (_, m) => {
    const gone = [...input.gone];
    for (const t of coalitions.deleted(m)) gone[t] = true;
    return idsLeft(input, gone, mask);
  });
}
