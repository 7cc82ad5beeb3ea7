import { loadOnnxModel, type OnnxOptions } from "@heatword/core/onnx";
import { assertAlmostEquals, assertEquals } from "@std/assert";
import { madeFolder, SPECIAL } from "./_made_folder.ts";
import type { MadeOnnx } from "./_made_onnx.ts";

/** What the test models know. */
export const pieces = ["a", "good", "film", "##s", "bad", ".", "but"];
/** The ids of all tokens. */
export const place = new Map([...SPECIAL, ...pieces].map((token, id) => [token, id]));
/** A row of scores for each id, no two alike. */
export const rows = [...place.values()].map((id) => [Math.sin(id), Math.cos(3 * id), id / 7]);
/** The model whose scores are the mean of these rows. */
export const made: MadeOnnx = { rows };

/** The scores that the model has to give: the mean of the rows of its tokens. */
export function meanOf(
  tokens: readonly string[],
  table: readonly (readonly number[])[] = rows,
): number[] {
  const ids = tokens.map((token) => place.get(token)!);
  return table[0]!.map((_, c) => ids.reduce((sum, id) => sum + table[id]![c]!, 0) / ids.length);
}

/** Sees that numbers are the same but for rounding. */
export function assertClose(
  actual: ArrayLike<number>,
  expected: ArrayLike<number>,
  tolerance = 1e-6,
) {
  assertEquals(actual.length, expected.length);
  for (let i = 0; i < expected.length; i++) {
    assertAlmostEquals(actual[i]!, expected[i]!, tolerance);
  }
}

/** Files in place of the usual ones. */
export type Others = Readonly<Record<string, unknown>>;

/** Opens a model, and closes it in the end. */
export async function withModel(
  work: (model: Awaited<ReturnType<typeof loadOnnxModel>>) => Promise<void> | void,
  { others = {}, model = made, ...options }: OnnxOptions & { others?: Others; model?: MadeOnnx } =
    {},
) {
  const opened = await loadOnnxModel(madeFolder(pieces, model, others), options);
  try {
    await work(opened);
  } finally {
    await opened.close();
  }
}

/** Tokens with the special ones around them. */
export const cls = (...tokens: string[]) => ["[CLS]", ...tokens, "[SEP]"];
