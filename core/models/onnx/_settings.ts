import { parseReading, type TextReading } from "../../text_reader.ts";
import { MODEL_NAMES, type OnnxFiles, refuseFile } from "./_files.ts";
import type { TokenDeletion } from "./_onnx_input.ts";

/** Says how a model is used; stands beside it. */
export const TEXT_NAME = "text.json";

/** How files that are missing are made, as the ends of sentences. */
export const SAVE =
  "AutoTokenizer.from_pretrained(…).save_pretrained(FOLDER) of transformers writes it beside the model";
export const EXPORT =
  "optimum-cli export onnx --model NAME --task text-classification FOLDER writes it";

/** How a model is used. */
export interface OnnxSettings {
  readonly deletion: TokenDeletion;
  readonly reading: TextReading;
  readonly batchSize?: number;
  readonly file?: string;
}

const NAMES: readonly string[] = ["deletion", "tokenizer", "options", "batchSize", "file"];

/** The way of cutting words that settings name. */
function readingOf(tokenizer: unknown, options: unknown): TextReading {
  try {
    return parseReading({ tokenizer, ...(options !== undefined && { options }) });
  } catch (error) {
    refuseFile(TEXT_NAME, (error as Error).message);
  }
}

/**
 * Reads the settings beside a model.
 *
 * @param files The files of the model.
 * @param given Those that go before them.
 * @throws {SyntaxError} If one makes no sense.
 */
export async function readSettings(
  files: OnnxFiles,
  given: Readonly<Record<string, unknown>>,
): Promise<OnnxSettings> {
  const stored = await files.findJson(TEXT_NAME) ?? {};
  const other = Object.keys(stored).find((name) => !NAMES.includes(name));
  if (other !== undefined) {
    refuseFile(
      TEXT_NAME,
      `it has no setting "${other}": those of an ONNX model are ${NAMES.join(", ")}`,
    );
  }
  const all = { ...stored, ...given };
  const { deletion = "remove", tokenizer = "unicode", options, batchSize, file } = all as Record<
    string,
    unknown
  >;
  if (deletion !== "remove" && deletion !== "mask") {
    refuseFile(TEXT_NAME, `"deletion" is ${JSON.stringify(deletion)}, neither "remove" nor "mask"`);
  }
  if (batchSize !== undefined && !(Number.isInteger(batchSize) && (batchSize as number) > 0)) {
    refuseFile(TEXT_NAME, `"batchSize" is ${JSON.stringify(batchSize)}, not a positive integer`);
  }
  const isInside = typeof file === "string" && !/^\/|\\|(^|\/)\.\.(\/|$)/.test(file);
  if (file !== undefined && !isInside) {
    refuseFile(
      TEXT_NAME,
      `"file" is ${JSON.stringify(file)}, not the name of a file in the folder`,
    );
  }
  return {
    deletion,
    reading: readingOf(tokenizer, options),
    ...(batchSize !== undefined && { batchSize: batchSize as number }),
    ...(file !== undefined && { file: file as string }),
  };
}

/**
 * Which of the files is the model.
 *
 * @param files The files.
 * @param file The one that was named.
 * @throws {TypeError} If there are several, and none is named.
 * @throws {Deno.errors.NotFound} If there is none.
 */
export async function chosenModel(files: OnnxFiles, file: string | undefined): Promise<string> {
  if (file !== undefined) return file;
  const names = await files.models();
  const usual = MODEL_NAMES.find((name) => names.includes(name));
  if (usual !== undefined) return usual;
  if (names.length === 1) return names[0]!;
  if (names.length > 1) {
    throw new TypeError(
      `Cannot choose between the models in ${files.place}: name one of ${
        names.join(", ")
      } after the ` +
        "folder",
    );
  }
  throw new Deno.errors.NotFound(
    `Cannot find a model in ${files.place}: "${MODEL_NAMES[0]}" is missing; ${EXPORT}`,
  );
}
