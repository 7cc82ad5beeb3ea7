import type { Model, OnProgress } from "@heatword/core";
import type { LabelledWords } from "@heatword/core/linear";
import { findCache } from "@heatword/datasets/folders";
import type { LabelledText } from "@heatword/datasets/tables";
import { defined } from "../cli/flag.ts";
import { modelPath, openModelAt } from "../opening/model.ts";
import { keepToOneServer } from "../opening/one_server.ts";
import { modelReads } from "../opening/reads.ts";
import { modelKey } from "../training/model_key.ts";
import { hyperparametersOf, retrained } from "../training/retrained.ts";
import { seedsBut } from "../training/seeds_but.ts";
import type { Settings } from "./_settings.ts";
import { type Trainable, trainableOf } from "./_trainable.ts";
import { labelledWords, type TrainingTexts, trainingTexts } from "./_training_texts.ts";

/** A model that is measured. */
export interface MeasuredModel {
  /** What `openModel` takes. */
  readonly path: string;
  /** The model. */
  readonly model: Model;
  /** The files that it stands in. */
  readonly files: readonly string[];
  /** What can be trained like it; nothing for models that are not trained here. */
  readonly trainable?: Trainable | undefined;
}

/** The texts to train on, read as the first model reads them; each once, and only when asked for. */
export class TrainingSource {
  readonly #settings: Settings;
  readonly #first: MeasuredModel;
  readonly #note: (line: string) => void;
  readonly #read: readonly LabelledText[] | undefined;
  #known: Promise<TrainingTexts> | undefined;
  #texts: Promise<TrainingTexts> | undefined;
  #words: LabelledWords[] | undefined;

  /**
   * Finds nothing yet.
   *
   * @param settings Where texts are.
   * @param first The model that reads them.
   * @param note Called with what a person should know.
   * @param given The texts, or why there are none, where that is known already.
   * @param read Those of 20Newsgroups, where they were read already.
   */
  constructor(
    settings: Settings,
    first: MeasuredModel,
    note: (line: string) => void,
    given?: TrainingTexts,
    read?: readonly LabelledText[],
  ) {
    this.#settings = settings;
    this.#first = first;
    this.#note = note;
    this.#known = given && Promise.resolve(given);
    this.#read = read;
  }

  /** The texts that the model may have been trained on, whatever can be trained here; or why not. */
  known(): Promise<TrainingTexts> {
    const { path, model } = this.#first;
    return this.#known ??= trainingTexts(this.#settings, path, model, this.#read);
  }

  /** The texts to train on, or why there are none. */
  texts(): Promise<TrainingTexts> {
    return this.#texts ??= this.#find();
  }

  async #find(): Promise<TrainingTexts> {
    if (this.#first.trainable === undefined) {
      return {
        why: "only models like word-CNNs and linear models of this project are trained here",
      };
    }
    const found = await this.known();
    if ("notes" in found) found.notes?.forEach(this.#note);
    return found;
  }

  /** The texts as words; they must have been found. */
  words(texts: Extract<TrainingTexts, { texts: unknown }>["texts"]): readonly LabelledWords[] {
    return this.#words ??= labelledWords(this.#first.model, texts);
  }
}

/**
 * Opens the models that were named, else the usual one.
 *
 * @throws {RangeError} If one is named twice, their classes differ, or headers for one server would be
 * sent to another.
 */
export async function openModels(
  settings: Settings,
  data: string | undefined,
  note: (line: string) => void,
): Promise<MeasuredModel[]> {
  const named = settings.models.length > 0 ? settings.models : [undefined];
  const paths: string[] = [];
  for (const given of named) paths.push(await modelPath(defined({ model: given })));
  keepToOneServer(paths);
  const opened: MeasuredModel[] = [];
  for (const path of paths) {
    const files = (await modelReads(path)).map(({ path }) => path);
    const model = await openModelAt(path, { ...defined({ data }), ...settings.limits }, note);
    opened.push({ path, model, files, trainable: await trainableOf(path, model) });
  }
  const twice = opened.find(({ path }, i) => opened.findIndex((one) => one.path === path) < i);
  if (twice) {
    throw new RangeError(
      `Cannot measure "${twice.path}" as two models: intervals over models are of different ones`,
    );
  }
  const [first, ...others] = opened;
  const classes = ({ model }: MeasuredModel) => JSON.stringify(model.classes);
  const odd = others.find((other) => classes(other) !== classes(first!));
  if (odd) {
    throw new RangeError(
      `Cannot measure "${first!.path}" and "${odd.path}" together: they have other classes`,
    );
  }
  return opened;
}

/** Trains a model like the first, with another seed or other word dropout. */
async function trainLike(
  first: MeasuredModel,
  source: TrainingSource,
  texts: Extract<TrainingTexts, { texts: unknown }>["texts"],
  settings: Settings,
  seed: number,
  onProgress: OnProgress,
): Promise<MeasuredModel> {
  const { network, recorded: record } = first.trainable!;
  const like = network!;
  const recorded = await record();
  const { wordDropout } = settings;
  const hyperparameters = { ...hyperparametersOf(like, recorded), ...defined({ wordDropout }) };
  const { bestEpoch: lastEpoch } = recorded;
  const key = await modelKey(
    { purpose: { like: 1 }, texts, files: first.files, onProgress },
    { hyperparameters, lastEpoch, seed },
  );
  const folder = `${findCache(settings.cache)}/trust/models/seed-${key}`;
  const { model } = await retrained({
    like,
    hyperparameters,
    ...defined({ lastEpoch }),
    seed,
    workers: settings.workers,
    documents: () => source.words(texts),
    folder,
    task: `Training a model with seed ${seed}`,
    onProgress,
  });
  const files = (await modelReads(folder)).map(({ path }) => path);
  return { path: folder, model, files, trainable: await trainableOf(folder, model) };
}

/** What is measured: the models, and with how many seeds each is explained. */
export interface MeasuredModels {
  /** The models, the first of them that of the command line. */
  readonly models: readonly MeasuredModel[];
  /** How many seeds explainers that sample are run with. */
  readonly seeds: number;
}

/** Why no models are trained like one with other seeds, where that is known before there are texts. */
async function whyNoOthers(
  { path, trainable }: MeasuredModel,
): Promise<{ readonly why: string } | undefined> {
  if (trainable === undefined) return undefined;
  if (trainable.network === undefined) return { why: "a linear model is the same with any seed" };
  const { repaired } = await trainable.recorded();
  return repaired === undefined
    ? undefined
    : { why: `"${path}" was repaired, and models trained like it would not be` };
}

/**
 * The models to measure: with `--seeds` as many as that, trained like the first with other seeds;
 * where they cannot be trained, seeds are those of explainers that sample.
 *
 * @param opened The models that were named.
 * @param source The texts to train on.
 * @param settings What was asked for.
 * @param onProgress Called with progress.
 * @param note Called with what a person should know.
 * @throws {RangeError} If word dropout was asked for and the model cannot be trained.
 */
export async function measuredModels(
  opened: readonly MeasuredModel[],
  source: TrainingSource,
  settings: Settings,
  onProgress: OnProgress,
  note: (line: string) => void,
): Promise<MeasuredModels> {
  const { seeds, seed, wordDropout } = settings;
  if (opened.length > 1) return { models: opened, seeds };
  if (seeds === 1 && wordDropout === undefined) return { models: opened, seeds };
  const { trainable } = opened[0]!;
  const found = await whyNoOthers(opened[0]!) ?? await source.texts();
  if ("why" in found) {
    if (wordDropout !== undefined) {
      throw new RangeError(`Cannot train a model with --word-dropout ${wordDropout}: ${found.why}`);
    }
    note(`--seeds ${seeds} are seeds of explainers that sample, not of models: ${found.why}`);
    return { models: opened, seeds };
  }
  const first = opened[0]!;
  const models: MeasuredModel[] = wordDropout === undefined ? [first] : [];
  const { seed: own } = models.length === 0 ? {} : await trainable!.recorded();
  for (const other of seedsBut(own, seed + models.length, seeds - models.length)) {
    models.push(await trainLike(first, source, found.texts, settings, other, onProgress));
  }
  return { models, seeds: 1 };
}
