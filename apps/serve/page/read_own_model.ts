import type { Model, TokenizerResources } from "@heatword/core";
import { readCharCnn } from "@heatword/core/char-cnn";
import { readLinear } from "@heatword/core/linear";
import { readRecurrent } from "@heatword/core/recurrent";
import { readWordCnn } from "@heatword/core/word-cnn";
import type { ModelFiles } from "./protocol.ts";

/** The readers of the formats, by what model.json names. */
const readers = {
  "heatword-char-cnn": readCharCnn,
  "heatword-linear": readLinear,
  "heatword-recurrent": readRecurrent,
  "heatword-word-cnn": readWordCnn,
};

/** The reader of what model.json names; where it names nothing known, that reader says what is wrong. */
function readerFor(header: Uint8Array | undefined): (typeof readers)[keyof typeof readers] {
  try {
    const { format } = JSON.parse(new TextDecoder().decode(header));
    return readers[format as keyof typeof readers] ?? readWordCnn;
  } catch {
    return readWordCnn;
  }
}

/** Reads a model of this project from the files of its folder. */
export async function readOwnModel(
  files: ModelFiles,
  resources: TokenizerResources = {},
): Promise<Model> {
  const read = readerFor(files.get("model.json"));
  const { model } = await read((name) => {
    const content = files.get(name);
    if (content) return Promise.resolve(content);
    throw new SyntaxError(`Cannot read the model: the file "${name}" is missing`);
  }, resources);
  return model;
}
