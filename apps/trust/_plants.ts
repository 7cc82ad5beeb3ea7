import { type Document, type OnProgress, Random, wordLimit } from "@heatword/core";
import type { LabelledWords } from "@heatword/core/linear";
import {
  type Hyperparameters,
  plainVectors,
  Vocabulary,
  type WordCnn,
} from "@heatword/core/word-cnn";
import type { LabelledText } from "@heatword/datasets/tables";
import { describeRun } from "@heatword/eval/batch";
import { predictedClass } from "@heatword/eval/classification";
import { formatCount } from "@heatword/eval/numbers";
import {
  choosePlanted,
  distantPair,
  LEARNED,
  type LearnedFigures,
  learnedFigures,
  madeUpWords,
  type NotMeasured,
  type PlantedDocument,
  plantShortcuts,
  type Shortcut,
  SHORTCUT_KINDS,
  type ShortcutReport,
  shortcutsOf,
  whyNotLearned,
  withDrawnVectors,
} from "@heatword/eval/trust";
import { createHash } from "node:crypto";
import { hyperparametersOf, type Recorded, retrained } from "./_retrain.ts";
import type { Settings } from "./_settings.ts";
import { draw, hasLength } from "./_texts.ts";

/** So many copies of texts get a plant of each kind, and as many a decoy, but from and to a share. */
const COPIES = { count: 600, least: 0.06, most: 0.2 };
/** On how many texts it is looked whether a shortcut was learned. */
const CHECKED = 500;
/** With fewer texts that follow a shortcut explainers are not graded by it. */
const FEW = 100;
/** A smaller model shows as well what explainers find, and costs minutes. */
const MOST_FILTERS = 300;
/** Passes over the training texts; more of few texts, so that there are enough steps. */
const EPOCHS = 8;
const LEAST_STEPS = 300;
const MOST_EPOCHS = 100;

/** What came of planting shortcuts for one model. */
export interface Plants {
  /** The model that has learned some, and texts with them. */
  readonly planted?: { readonly model: WordCnn; readonly documents: readonly PlantedDocument[] };
  /** How each was learned. */
  readonly reports: readonly ShortcutReport[];
  /** What cannot be measured, and why. */
  readonly missing: readonly NotMeasured[];
}

/** What shortcuts are planted into, for which model. */
export interface PlantsWork {
  /** The model. */
  readonly model: WordCnn;
  /** The files that it stands in. */
  readonly files: readonly string[];
  /** What it tells of its training. */
  readonly recorded: Recorded;
  /** Its place among all that are measured. */
  readonly place: number;
  /** The texts to train on. */
  readonly texts: readonly LabelledText[];
  /** The same as words; only asked for when there is something to train. */
  words(): readonly LabelledWords[];
  /** The texts to look at and to explain, as the model reads them. */
  readonly evaluated: readonly Document[];
  /** Where models are kept. */
  readonly cache: string;
  /** Called with progress. */
  readonly onProgress: OnProgress;
}

/** How models with and without shortcuts are trained. */
function plantedRecipe(
  model: WordCnn,
  recorded: Recorded,
  texts: number,
): Partial<Hyperparameters> {
  const { vectorRate: _, ...own } = hyperparametersOf(model, recorded);
  const { batch = 64 } = own;
  const steps = Math.max(1, Math.ceil(texts / batch));
  return {
    ...own,
    filters: Math.min(MOST_FILTERS, model.filters),
    epochs: Math.min(MOST_EPOCHS, Math.max(EPOCHS, Math.ceil(LEAST_STEPS / steps))),
    // A plant of which a word is left out would teach that half of it is enough.
    wordDropout: 0,
  };
}

const textOf = ({ tokens }: Document) => tokens.map(({ text }) => text);

/** The share of texts that a model classifies correctly. */
function accuracyOf(model: WordCnn, documents: readonly Document[]): number {
  const right = documents.filter((document) =>
    model.classes[predictedClass(model.scores(model.encode(document)))] === document.label
  );
  return right.length / documents.length;
}

/** The shortcuts, the same for all models of a run. */
function makeShortcuts(
  { model, texts, evaluated }: PlantsWork,
  random: Random,
): { shortcuts: Shortcut[]; names: string[] } {
  const reach = Math.max(...model.convolutions.map(({ width }) => width));
  const kinds = [...SHORTCUT_KINDS, distantPair(reach)];
  const isKnown = (word: string) =>
    model.vocabulary.row(word) >= 0 ||
    [...texts, ...evaluated].some(({ text }) => text.toLowerCase().includes(word));
  const count = kinds.reduce((sum, { words }) => sum + words, 0);
  const names = madeUpWords(count, isKnown, random.fork(1));
  return { shortcuts: shortcutsOf(kinds, names, model.classes.length, random.fork(2)), names };
}

/** A digest of all that shapes the models. */
async function keyOf(
  { model, files, texts, onProgress }: PlantsWork,
  settled: object,
): Promise<string> {
  const hash = createHash("sha256");
  for (const { label, text } of texts) hash.update(JSON.stringify([label, text]));
  const run = await describeRun(
    { plants: 1, texts: hash.digest("hex"), classes: model.classes, ...settled },
    files,
    new Set(),
    onProgress,
  );
  return createHash("sha256").update(run).digest("hex").slice(0, 20);
}

/** Trains the model with shortcuts, and the one without. */
async function trainBoth(
  work: PlantsWork,
  { shortcuts, names }: ReturnType<typeof makeShortcuts>,
  { seed, workers }: Settings,
  random: Random,
) {
  const { model, recorded, texts, cache, onProgress, place } = work;
  const hyperparameters = plantedRecipe(model, recorded, texts.length);
  const { window = wordLimit() } = hyperparameters;
  const common = { like: model, hyperparameters, workers, onProgress };
  const limit = Math.min(window, wordLimit());
  // One is enough for all: it only tells what accuracy the recipe reaches.
  const settled = { hyperparameters, seed };
  const without = await retrained({
    ...common,
    seed,
    documents: work.words,
    folder: `${cache}/trust/models/plain-${await keyOf(work, settled)}`,
    task: "Training a model without shortcuts",
  });
  const share = Math.min(COPIES.most, Math.max(COPIES.least, COPIES.count / texts.length));
  const shares = { plants: share, decoys: share };
  const shaping = { ...settled, place, shares, shortcuts };
  const vectors = withDrawnVectors(model.vectors, names.length, random.fork(3));
  const planted = await retrained({
    ...common,
    seed: seed + place,
    vocabulary: new Vocabulary([...model.vocabulary.words, ...names]),
    vectors: plainVectors(vectors, model.dimensions),
    documents: () => plantShortcuts(work.words(), shortcuts, shares, limit, random.fork(4)),
    folder: `${cache}/trust/models/planted-${await keyOf(work, shaping)}`,
    task: "Training the same with shortcuts",
  });
  return { planted, without, limit };
}

const percent = (share: number) => `${(100 * share).toFixed(1)} %`;

/** Why the whole model does not count, whatever it has learned. */
function whyModelFails(accuracy: number, without: number, control: LearnedFigures) {
  if (accuracy < without - LEARNED.accuracy) {
    return `with shortcuts ${percent(accuracy)} of texts are classified correctly, ` +
      `${percent(without)} without`;
  }
  if (whyNotLearned(control) === undefined) {
    return "a pair of words too far apart was learned, which cannot be: something else is at fault";
  }
  return undefined;
}

/**
 * Trains a model that has learned shortcuts, looks whether it has, and makes texts with them.
 *
 * @param work The model, the texts to train on and those to look at.
 * @param settings How many texts, of how many words, by which seed.
 */
export async function plantFor(work: PlantsWork, settings: Settings): Promise<Plants> {
  const { model, evaluated, place } = work;
  const random = new Random(settings.seed).fork(5);
  const made = makeShortcuts(work, random);
  const { planted, without, limit } = await trainBoth(work, made, settings, random);
  const accuracy = accuracyOf(planted, evaluated);
  const accuracyWithout = accuracyOf(without, evaluated);
  const checked = draw(evaluated, CHECKED, random.fork(6)).map(textOf);
  const [least, most] = settings.length;
  const right = evaluated.filter((document) => hasLength(document, [least, most - 2]));
  const order = random.fork(7).shuffle(Int32Array.from(right.keys()));
  const candidates = Array.from(order, (i) => textOf(right[i]!));
  const learned: LearnedFigures[] = [];
  for (const [i, shortcut] of made.shortcuts.entries()) {
    learned.push(await learnedFigures(planted, shortcut, checked, limit, random.fork(10 + i)));
  }
  const whyNone = whyModelFails(accuracy, accuracyWithout, learned.at(-1)!);
  const reports: ShortcutReport[] = [];
  const missing: NotMeasured[] = [];
  const documents: PlantedDocument[] = [];
  for (const [i, shortcut] of made.shortcuts.entries()) {
    const { kind, words, classes } = shortcut;
    const figures = learned[i]!;
    const isControl = kind.isControl === true;
    const why = whyNotLearned(figures) ?? whyNone;
    const chosen = why === undefined && !isControl
      ? await choosePlanted(
        planted,
        shortcut,
        candidates,
        settings.plants,
        limit,
        random.fork(20 + i),
      )
      : { documents: [], missed: 0 };
    const isFew = chosen.documents.length < Math.min(FEW, settings.plants);
    if (!isControl && why !== undefined) {
      missing.push({ measure: kind.name, why: `not learned: ${why}` });
    } else if (!isControl && isFew) {
      const count = formatCount(chosen.documents.length, "text");
      missing.push({ measure: kind.name, why: `too few: ${count} of the right length follow it` });
    }
    const graded = isFew ? [] : chosen.documents;
    documents.push(...graded);
    reports.push({
      model: place,
      kind: kind.name,
      words,
      classes: [model.classes[classes[0]]!, model.classes[classes[1]]!],
      figures,
      ...(why !== undefined && { why }),
      isControl,
      graded: graded.length,
      missed: chosen.missed,
      accuracy,
      accuracyWithout,
    });
  }
  return {
    ...(documents.length > 0 && { planted: { model: planted, documents } }),
    reports,
    missing,
  };
}
