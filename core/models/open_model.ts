import { readFile } from "../files.ts";
import type { Model } from "../model.ts";
import { type ModelKind, modelKinds, type ModelResources } from "../model_kind.ts";
import { readerOfFolder } from "../text_reader.ts";
import type { TokenizerResources } from "../tokenizer.ts";
import { loadCharCnn } from "./char_cnn/format/load.ts";
import { loadLinear } from "./linear/format/load.ts";
import "./module/module_model.ts";
import "./onnx/onnx_kind.ts";
import { loadRecurrent } from "./recurrent/format/load.ts";
import "./text/command_model.ts";
import "./text/server_model.ts";
import { isGraphModel } from "./tfjs/graph_model.ts";
import { loadWordCnn } from "./word_cnn/format/load.ts";
import {
  joinWordCnn,
  type SharedWordCnn,
  type ShareOptions,
  shareWordCnn,
} from "./word_cnn/share.ts";
import { WordCnn } from "./word_cnn/word_cnn.ts";

/**
 * The `format` that the model.json of a folder names; where it names none, what its topology is that
 * of; nothing where it is not a model.
 */
async function formatOf(folder: string): Promise<string | undefined> {
  try {
    const json = JSON.parse(new TextDecoder().decode(await readFile(`${folder}/model.json`)));
    if (typeof json.format === "string") return json.format;
    return isGraphModel(json) ? "graph-model" : json.modelTopology ? "layers-model" : undefined;
  } catch {
    return undefined;
  }
}

/** TensorFlow.js models. */
export const tfjsKind: ModelKind = modelKinds.register({
  name: "layers-model",
  description: "A folder with a TensorFlow.js model, its vocabulary.json and classes.json",
  recognises: async (spec) => ["layers-model", "graph-model"].includes(await formatOf(spec) ?? ""),
  async open(spec, { data }) {
    const { openTfjsModel } = await import("./tfjs/open.ts");
    return await openTfjsModel(spec, {}, { model: spec, ...(data !== undefined && { data }) });
  },
});

/** A kind of model that `deno task train` writes; its format is named after it. */
function trainedKind(
  name: string,
  what: string,
  load: (folder: string, resources: TokenizerResources) => Promise<{ readonly model: Model }>,
): ModelKind {
  return modelKinds.register({
    name,
    description: `A folder that deno task train wrote: ${what}`,
    // Whatever else is in a folder, the messages of this kind say what is missing or damaged.
    recognises: async (spec) => await formatOf(spec) === `heatword-${name}`,
    open: async (spec, resources) => (await load(spec, { ...resources, model: spec })).model,
  });
}

/** The project's own word-CNNs. */
export const wordCnnKind: ModelKind = trainedKind(
  "word-cnn",
  "the word-CNN of Arras et al. 2016",
  loadWordCnn,
);

/** The project's own linear models. */
export const linearKind: ModelKind = trainedKind(
  "linear",
  "TF-IDF and multinomial logistic regression",
  loadLinear,
);

/** The project's own char-CNNs. */
export const charCnnKind: ModelKind = trainedKind(
  "char-cnn",
  "a max-pooled convolution over characters",
  loadCharCnn,
);

/** The project's own recurrent classifiers. */
export const recurrentKind: ModelKind = trainedKind(
  "recurrent",
  "an LSTM or a GRU on word vectors",
  loadRecurrent,
);

/**
 * The kind of a model.
 *
 * @param spec What was given as the model, e.g. a folder.
 * @returns The kind that recognises it; the latest registered one if several do; nothing if none.
 */
export async function kindOfModel(spec: string): Promise<ModelKind | undefined> {
  for (const kind of modelKinds.list().reverse()) if (await kind.recognises(spec)) return kind;
  return undefined;
}

/**
 * Opens a model: a folder that this project or TensorFlow.js wrote, or whatever a registered kind of
 * model recognises.
 *
 * @param spec What was given as the model, e.g. a folder.
 * @param resources Where its tokenizer may look for tables.
 * @returns The model.
 * @throws {Deno.errors.NotFound} If the folder holds no model, or a file of it is missing.
 * @throws {SyntaxError} If the model is damaged.
 */
export async function openModel(
  spec: string,
  resources: ModelResources = {},
): Promise<Model> {
  // The slash at the end of an address or a command is a part of it.
  const place = /^\w{2,}:/.test(spec) ? spec : spec.replace(/(?<=.)\/+$/, "");
  return await (await kindOfModel(place) ?? wordCnnKind).open(place, resources);
}

/** A model as it can be posted to workers, which then share its memory. */
export interface SharedModel {
  /** What the workers share. */
  readonly wordCnn: SharedWordCnn;
}

/**
 * Makes a model ready to be posted to workers, where it is of a kind whose memory can be shared.
 *
 * @param model The model.
 * @param options A limit on memory.
 * @returns What is to be posted; nothing for a model that every worker has to open by itself.
 */
export function shareModel(model: Model, options: ShareOptions = {}): SharedModel | undefined {
  return model instanceof WordCnn ? { wordCnn: shareWordCnn(model, options) } : undefined;
}

/**
 * Makes a model of what {@linkcode shareModel} gave.
 *
 * @param shared What was posted.
 * @param resources Where its tokenizer may look for tables.
 * @returns The model.
 */
export async function joinModel(
  { wordCnn }: SharedModel,
  resources: TokenizerResources = {},
): Promise<Model> {
  return joinWordCnn(wordCnn, wordCnn.text && await readerOfFolder(wordCnn.text, resources));
}
