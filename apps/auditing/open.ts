import { type Document, getExplainer, type Model, Random } from "@heatword/core";
import type { LabelledText } from "@heatword/datasets/tables";
import { chosenExplainers } from "@heatword/eval/explanations";
import { defined } from "../cli/flag.ts";
import { dataFolderOf, readTexts } from "../opening/chosen_texts.ts";
import { modelPath, openModelAt, workersFor, worksAlone } from "../opening/model.ts";
import { loadPlugins } from "../opening/plugins.ts";
import { dataReads, modelReads, pluginReads, textReads } from "../opening/reads.ts";
import { keepApart, type PathUse } from "../cli/keep_apart.ts";
import { keepForeign } from "../cli/keep_foreign.ts";
import type { AuditedSettings } from "./settings.ts";

/** A model that was found. */
export interface FoundModel {
  /** What was given as the model. */
  readonly folder: string;
  /** Its files. */
  readonly files: readonly PathUse[];
}

/** Finds a model, and loads the plugins that it may need. */
export async function findAudited(
  model: string | undefined,
  { plugins, explainer }: AuditedSettings,
): Promise<FoundModel> {
  await loadPlugins(plugins);
  if (explainer !== undefined) getExplainer(explainer);
  const folder = await modelPath(defined({ model }));
  return { folder, files: await modelReads(folder) };
}

/** All files that are read beside those of models. */
export async function auditedReads(settings: AuditedSettings): Promise<PathUse[]> {
  const data = await dataFolderOf(settings);
  return [
    ...pluginReads(settings.plugins),
    ...data === undefined ? await textReads(settings) : dataReads(data),
  ];
}

/**
 * Makes sure that results overwrite nothing that is read, and nothing that no program wrote; before
 * plugins are loaded, and again with the files of the models, which only a plugin may know.
 *
 * @param out The folder of the results.
 * @param names Their names.
 * @param what What they are, for messages.
 * @param settings What is read.
 * @param find Finds the models.
 * @throws {RangeError} If they would.
 */
export async function findApart<T extends FoundModel>(
  { out, names, what }: {
    readonly out: string;
    readonly names: readonly string[];
    readonly what: string;
  },
  settings: AuditedSettings,
  find: () => Promise<T[]>,
): Promise<T[]> {
  const writes = names.map((name) => ({ path: `${out}/${name}`, what }));
  const reads = await auditedReads(settings);
  await keepApart(writes, reads);
  await keepForeign(writes);
  const found = await find();
  await keepApart(writes, found.flatMap(({ files }) => files));
  return found;
}

/** A model that is open, and who does its work. */
export interface OpenedModel {
  /** The model. */
  readonly model: Model;
  /** Name of the explainer. */
  readonly explainer: string;
  /** What workers open; nothing where they cannot. */
  readonly folder?: string;
  /** How many there are. */
  readonly workers: number;
  /** Files of plugins. */
  readonly plugins: readonly string[];
}

/** Opens a model that was found. */
export async function openAudited(
  { folder }: FoundModel,
  settings: AuditedSettings,
  note: (line: string) => void,
): Promise<OpenedModel> {
  const { explainer, limits, plugins } = settings;
  const data = await dataFolderOf(settings);
  const model = await openModelAt(folder, { ...defined({ data }), ...limits }, note);
  const named = explainer === undefined ? undefined : [explainer];
  const [chosen] = chosenExplainers(named, ["lrp"], model, note);
  return {
    model,
    explainer: chosen!.name,
    ...(!await worksAlone(folder, model) && { folder }),
    workers: await workersFor(folder, settings.workers),
    plugins,
  };
}

/** Texts, some of many, and what they are called. */
export interface AuditedTexts {
  /** The texts. */
  readonly texts: readonly LabelledText[];
  /** What they are called. */
  readonly corpus: string;
}

/**
 * Reads the texts; as many as are wanted, drawn by the seed, in their order.
 *
 * @param settings Which texts.
 * @param models The models that look at them: what any of them was trained on is training.
 * @param note Called with what a person should know.
 */
export async function readAudited(
  settings: AuditedSettings,
  models: readonly FoundModel[],
  note: (line: string) => void,
): Promise<AuditedTexts> {
  const { texts, name } = await readTexts(settings, ...models.map(({ folder }) => folder));
  const { documents, seed } = settings;
  if (texts.length <= documents) return { texts, corpus: name };
  note(`${documents} of ${texts.length} texts are looked at (--documents)`);
  const order = new Random(seed).fork(1).shuffle(Int32Array.from(texts.keys()));
  return {
    texts: Array.from(order.subarray(0, documents).sort(), (i) => texts[i]!),
    corpus: name,
  };
}

/** The texts as a model reads them; those whose class it does not have are told. */
export function readBy(
  model: Model,
  texts: readonly LabelledText[],
  note: (line: string) => void,
): Document[] {
  const unknown = texts.filter(({ label }) => !model.classes.includes(label)).length;
  if (unknown === texts.length) {
    throw new RangeError(
      `None of these texts has a class of the model, as "${texts[0]?.label}": its classes are ` +
        model.classes.slice(0, 5).map((name) => `"${name}"`).join(", ") +
        (model.classes.length > 5 ? ", …" : ""),
    );
  }
  if (unknown > 0) note(`${unknown} texts have a class that the model does not have`);
  return texts.map(({ text, id, label }) => model.read(text, { id, label }));
}
