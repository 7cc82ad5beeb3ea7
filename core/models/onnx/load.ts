import type { TokenizerResources } from "../../tokenizer.ts";
import { readerOfFolder } from "../../text_reader.ts";
import { type ModelConfig, readConfig } from "./_config.ts";
import { OnnxFiles, type OnnxSource, refuseFile } from "./_files.ts";
import type { TokenDeletion } from "./_onnx_input.ts";
import { RowScorer } from "./_scorer.ts";
import { type OnnxSession, openSession } from "./_session.ts";
import { chosenModel, EXPORT, readSettings, SAVE } from "./_settings.ts";
import { SubwordTokenizer } from "./_subwords.ts";
import { OnnxModel } from "./onnx_model.ts";

export type { OnnxSource } from "./_files.ts";
export type { TokenDeletion } from "./_onnx_input.ts";

/** How a model of Hugging Face is used; what is not given is read from `text.json` beside it. */
export interface OnnxOptions {
  /** The file of the model. @default {`onnx/model.onnx`, `model.onnx`, or the only one there is} */
  readonly file?: string;
  /**
   * What becomes of the tokens of a deleted word: they are taken out, and the others close up, or each
   * is replaced by the mask of the tokenizer.
   *
   * @default {"remove"}
   */
  readonly deletion?: TokenDeletion;
  /**
   * How texts are cut into the words that tokens are put together to: the name of a registered
   * tokenizer. Words that share a token are one, and punctuation is words, too.
   *
   * @default {"unicode"}
   */
  readonly tokenizer?: string;
  /** Most texts that are scored at once. @default {64, or 1 where scores depend on the others} */
  readonly batchSize?: number;
  /** The WebAssembly file of the ONNX runtime, where its package cannot be read, as in a browser. */
  readonly wasm?: Uint8Array;
}

async function readTokenizer(files: OnnxFiles): Promise<SubwordTokenizer> {
  const json = await files.json("tokenizer.json", SAVE);
  const config = await files.findJson("tokenizer_config.json") ?? {};
  try {
    return new SubwordTokenizer(json, config);
  } catch (error) {
    refuseFile("tokenizer.json", (error as Error).message);
  }
}

/** Whether numbers are rounded by the largest of a whole batch. */
function scalesByBatch(bytes: Uint8Array): boolean {
  const size = 2 ** 20;
  const decoder = new TextDecoder("latin1");
  const wanted = "DynamicQuantize";
  for (let from = 0; from < bytes.length; from += size) {
    if (decoder.decode(bytes.subarray(from, from + size + wanted.length)).includes(wanted)) {
      return true;
    }
  }
  return false;
}

/** The classes, and whether the only score stands for two of them. */
async function classesOf(
  { labels }: ModelConfig,
  session: OnnxSession,
  trial: Int32Array,
): Promise<{ classes: readonly string[]; isSingle: boolean }> {
  const outputs = session.classes ?? (await session.run([trial])).classes;
  const names = labels ?? Array.from({ length: outputs }, (_, i) => `LABEL_${i}`);
  if (outputs === 1 && names.length <= 2) {
    const [first = "LABEL_0", second] = names;
    return {
      classes: second === undefined ? [`not ${first}`, first] : [first, second],
      isSingle: true,
    };
  }
  if (outputs === names.length) return { classes: names, isSingle: false };
  throw new SyntaxError(
    `Cannot use the model: it gives ${outputs} scores, but config.json names ${names.length} classes`,
  );
}

/**
 * Loads a text classifier of Hugging Face that was exported to ONNX: a folder with `config.json`,
 * `tokenizer.json`, and `onnx/model.onnx` or `model.onnx`; `tokenizer_config.json` where it is there.
 * The ONNX runtime runs it in WebAssembly, on one thread.
 *
 * The model gives scores only. Its words are those of a tokenizer of this project, put together where
 * they share a token of the model's own tokenizer; every other token that is not blank, as punctuation,
 * is a word too. Tokens beyond the limit of the model are left out, and shown as such.
 *
 * @param source The folder, or the contents of its files by name.
 * @param options How it is used.
 * @param resources Where the tokenizer of words may look for tables.
 * @returns The model; `close` frees its memory.
 * @throws {Deno.errors.NotFound} If a file is missing.
 * @throws {SyntaxError} If a file is damaged, or is not one of a classifier of texts.
 * @throws {TypeError} If there are several models, and none is named.
 *
 * @example
 * ```ts ignore
 * import { loadOnnxModel } from "@heatword/core/onnx";
 *
 * const model = await loadOnnxModel("models/distilbert-sst-2", { deletion: "mask" });
 * console.log(await model.scores(model.encode(model.read("A fine film!"))));
 * ```
 */
export async function loadOnnxModel(
  source: OnnxSource,
  options: OnnxOptions = {},
  resources: TokenizerResources = {},
): Promise<OnnxModel> {
  const files = new OnnxFiles(source);
  const config = readConfig(await files.json("config.json", EXPORT));
  const tokenizer = await readTokenizer(files);
  const { wasm, ...given } = options;
  const { deletion, reading, ...settings } = await readSettings(files, given);
  const file = await chosenModel(files, settings.file);
  const bytes = await files.find(file);
  if (bytes === undefined) {
    throw new Deno.errors.NotFound(`Cannot find a model in ${files.place}: "${file}" is missing`);
  }
  const data = await files.find(`${file}_data`);
  const pad = tokenizer.idOf("pad_token") ?? config.pad ?? 0;
  const mask = deletion === "mask" ? tokenizer.idOf("mask_token") : undefined;
  if (deletion === "mask" && mask === undefined) {
    throw new TypeError(
      `Cannot mask words: the tokenizer of the model has no mask; use the deletion "remove"`,
    );
  }
  const session = await openSession({
    file,
    bytes,
    pad,
    ...(data && { data: [`${file}_data`.replace(/.*\//, ""), data] }),
    ...(wasm && { wasm }),
  });
  try {
    const { before, after } = tokenizer.around;
    const trial = Int32Array.from([
      ...before,
      ...after,
      ...before.length + after.length > 0 ? [] : [pad],
    ]);
    const { classes, isSingle } = await classesOf(config, session, trial);
    const isRelative = scalesByBatch(bytes);
    const batchSize = settings.batchSize ?? (isRelative ? 1 : 64);
    const notes = [
      ...(isRelative && batchSize === 1
        ? [
          "the model is quantised, and rounds by the largest number of a batch: texts are scored one by " +
          "one, so that the scores of a text are always the same",
        ]
        : []),
      ...(isRelative && batchSize > 1
        ? ["the model is quantised: scores of a text depend on the others of its batch"]
        : []),
      ...(config.isMultiLabel
        ? [
          "several classes of the model may hold at once: each score is one before a sigmoid, not before " +
          "a softmax",
        ]
        : []),
    ];
    return new OnnxModel({
      classes,
      tokenizer,
      reader: await readerOfFolder(reading, resources),
      scorer: new RowScorer(session, batchSize, isSingle ? 1 : classes.length),
      maxTokens: Math.min(tokenizer.maxLength, config.positions, session.tokens ?? Infinity),
      ...(mask !== undefined && { mask }),
      pad,
      isSingle,
      notes,
      batchSize,
      close: () => session.close(),
    });
  } catch (error) {
    await session.close();
    throw error;
  }
}
