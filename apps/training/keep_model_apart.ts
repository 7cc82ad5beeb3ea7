import { TRAINING_ROWS } from "@heatword/datasets/folders";
import { filesLike, keepApart, type PathUse } from "../cli/keep_apart.ts";
import { keepForeign } from "../cli/keep_foreign.ts";

/**
 * Makes sure that a model which is saved overwrites nothing that is read, and no other's files.
 *
 * @param out The folder of the model.
 * @param reads What is read.
 * @throws {RangeError} If it would.
 */
export async function keepModelApart(out: string, reads: readonly PathUse[]): Promise<void> {
  const header = { path: `${out}/model.json`, what: "the model" };
  await keepApart(
    [
      header,
      { path: `${out}/${TRAINING_ROWS}`, what: "the digests of the training rows" },
      ...await filesLike(
        out,
        /^(vocabulary|vectors|network|features|weights|alphabet)-[0-9a-f]{8}\.(txt|bin|json)$/,
        "the model",
      ),
    ],
    reads,
  );
  await keepForeign([header]);
}
