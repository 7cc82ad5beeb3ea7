import { sha256 } from "../digest.ts";
import { readFile } from "../../files.ts";
import type { FloatArray } from "../../tensor.ts";
import type { WordCnn } from "../word_cnn/word_cnn.ts";
import { vectorsToArray } from "../embedding_table.ts";
import { assertFloat32 } from "../folder/write.ts";
import { convolutionArrays, topologyOf } from "./_exported_layers.ts";
import { writeFolder } from "./_folder.ts";
import { MIB, SUMS_NAME } from "./_source.ts";
import { TEXT_NAME, type TextSettings } from "./_text_settings.ts";
import { firstReading } from "../../text_reader.ts";

const VOCABULARY_NAME = "vocabulary.json";
const CLASSES_NAME = "classes.json";

/** Bytes of a weight file; browsers keep files of this size. */
const SHARD_BYTES = 4 * MIB;

/** How a model reads texts, as `text.json` has it. */
function readingOf({ reader }: WordCnn): Pick<TextSettings, "tokenizer" | "maxWords"> {
  const { tokenizer, options, maxWords, truncatingSide } = reader.reading ?? firstReading;
  return {
    tokenizer: Object.keys(options).length > 0 ? { name: tokenizer, ...options } : tokenizer,
    ...(maxWords !== undefined && { maxWords }),
    ...(truncatingSide !== undefined && { truncatingSide }),
  };
}

/**
 * Turns a word-CNN into the files of a TensorFlow.js LayersModel, without writing them.
 *
 * The model takes rows of its Embedding, of any number of words from the widest filter's on, and gives the scores
 * before softmax. Row 0 is the zero vector: for words that are not in the vocabulary, for padding and
 * for deleted words. Beside `model.json` and its weight files (float32, 4 MiB each) there are
 * `vocabulary.json` (`{"word": row, …}`), `classes.json` (`["name", …]`), `text.json`
 * ({@linkcode TextSettings}) and `SHA256SUMS`, which `sha256sum --check` reads.
 *
 * @param model The model.
 * @returns The content of each file, by its name; {@linkcode loadTfjsModel} takes it as it is.
 * @throws {TypeError} If the model is not in float32.
 */
export async function tfjsFiles(model: WordCnn): Promise<Map<string, Uint8Array>> {
  const { weights, vectors, dimensions, filters, classes } = model;
  assertFloat32([...Object.values(weights), vectors], "export");
  const rows = vectors.size + 1;
  const embeddings = new Float32Array(rows * dimensions);
  embeddings.set(vectorsToArray(vectors), dimensions);
  const arrays: readonly (readonly [string, readonly number[], FloatArray])[] = [
    ["embedding/embeddings", [rows, dimensions], embeddings],
    ...convolutionArrays(model),
    ["dense/kernel", [filters, classes.length], weights.denseWeights],
    ["dense/bias", [classes.length], weights.denseBias],
  ];
  const data = new Uint8Array(arrays.reduce((sum, [, , array]) => sum + array.byteLength, 0));
  let offset = 0;
  for (const [, , { buffer, byteOffset, byteLength }] of arrays) {
    data.set(new Uint8Array(buffer, byteOffset, byteLength), offset);
    offset += byteLength;
  }
  const shards = Math.max(1, Math.ceil(data.length / SHARD_BYTES));
  const paths = Array.from({ length: shards }, (_, i) => `group1-shard${i + 1}of${shards}.bin`);
  const specs = arrays.map(([name, shape]) => ({ name, shape, dtype: "float32" }));
  const text = (json: unknown, indent?: number) =>
    new TextEncoder().encode(JSON.stringify(json, null, indent) + "\n");
  const files = new Map([
    [
      "model.json",
      text({
        format: "layers-model",
        generatedBy: "heatword",
        convertedBy: null,
        modelTopology: topologyOf(rows, model),
        weightsManifest: [{ paths, weights: specs }],
      }, 2),
    ],
    ...paths.map((path, i) =>
      [path, data.subarray(i * SHARD_BYTES, (i + 1) * SHARD_BYTES)] as const
    ),
    [
      VOCABULARY_NAME,
      text(Object.fromEntries(model.vocabulary.words.map((word, row) => [word, row + 1]))),
    ],
    [CLASSES_NAME, text(classes, 2)],
    [TEXT_NAME, text({ ...readingOf(model), unknown: 0, padding: 0, paddingSide: "post" }, 2)],
  ]);
  const sums: string[] = [];
  for (const [name, content] of files) sums.push(`${await sha256(content)}  ${name}\n`);
  files.set(SUMS_NAME, new TextEncoder().encode(sums.join("")));
  return files;
}

const exportedNames =
  /^(model|vocabulary|classes|text)\.json$|^SHA256SUMS$|^group1-shard\d+of\d+\.bin$/;

/** Whether the model in a folder is one that was exported here, not one of another program. */
async function isExport(folder: string): Promise<boolean> {
  try {
    const header = new TextDecoder().decode(await readFile(`${folder}/model.json`));
    return JSON.parse(header).generatedBy === "heatword";
  } catch {
    return false;
  }
}

/**
 * Exports a word-CNN to a folder as a TensorFlow.js LayersModel, in the files of
 * {@linkcode tfjsFiles}. The folder appears as a whole; one that holds an older export gives way.
 *
 * @param folder The folder.
 * @param model The model.
 * @throws {TypeError} If the model is not in float32.
 * @throws {Deno.errors.AlreadyExists} If the folder holds other files.
 * @throws {Deno.errors.PermissionDenied} If the folder cannot be written.
 */
export async function saveTfjsModel(folder: string, model: WordCnn): Promise<void> {
  const ours = await isExport(folder);
  await writeFolder(folder, await tfjsFiles(model), (name) => ours && exportedNames.test(name));
}
