import { type Document, Random } from "@heatword/core";
import { WordCnn } from "@heatword/core/word-cnn";
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
  SHORTCUT_KINDS,
  type ShortcutReport,
  shortcutsOf,
  whyNotLearned,
} from "@heatword/eval/trust";
import {
  type MadeShortcuts,
  type Plantable,
  type PlantsWork,
  reachOf,
  trainPlanted,
} from "./_planted_models.ts";
import type { Settings } from "./_settings.ts";
import { hasLength } from "./_texts.ts";

/** On how many texts it is looked whether a shortcut was learned. */
const CHECKED = 500;
/** With fewer texts that follow a shortcut explainers are not graded by it. */
const FEW = 100;

/** What came of planting shortcuts for one model. */
export interface Plants {
  /** The model that has learned some, and texts with them. */
  readonly planted?: {
    readonly model: Plantable;
    readonly folder: string;
    readonly documents: readonly PlantedDocument[];
  };
  /** How each was learned. */
  readonly reports: readonly ShortcutReport[];
  /** What cannot be measured, and why. */
  readonly missing: readonly NotMeasured[];
}

const textOf = ({ tokens }: Document) => tokens.map(({ text }) => text);

/** The scores of a text; each kind of model has inputs of its own. */
const scoresOf = (model: Plantable, document: Document) =>
  model instanceof WordCnn
    ? model.scores(model.encode(document))
    : model.scores(model.encode(document));

/** The share of texts that a model classifies correctly. */
function accuracyOf(model: Plantable, documents: readonly Document[]): number {
  const right = documents.filter((document) =>
    model.classes[predictedClass(scoresOf(model, document))] === document.label
  );
  return right.length / documents.length;
}

/** The shortcuts, the same for all models of a run. */
function makeShortcuts(
  { model, texts, evaluated }: PlantsWork,
  random: Random,
): MadeShortcuts {
  const kinds = [...SHORTCUT_KINDS, distantPair(reachOf(model))];
  const isKnown = (word: string) =>
    model instanceof WordCnn && model.vocabulary.row(word) >= 0 ||
    [...texts, ...evaluated].some(({ text }) => text.toLowerCase().includes(word));
  const count = kinds.reduce((sum, { words }) => sum + words, 0);
  const names = madeUpWords(count, isKnown, random.fork(1));
  return { shortcuts: shortcutsOf(kinds, names, model.classes.length, random.fork(2)), names };
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
  const { planted, folder, without, limit } = await trainPlanted(work, made, settings, random);
  const accuracy = accuracyOf(planted, evaluated);
  const accuracyWithout = accuracyOf(without, evaluated);
  // Sides alternate, so texts must not stand in an order that has to do with their classes.
  const shuffled = (documents: readonly Document[], random: Random) =>
    Array.from(random.shuffle(Int32Array.from(documents.keys())), (i) => textOf(documents[i]!));
  const checked = shuffled(evaluated, random.fork(6)).slice(0, CHECKED);
  const [least, most] = settings.length;
  const right = evaluated.filter((document) => hasLength(document, [least, most - 2]));
  const candidates = shuffled(right, random.fork(7));
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
    // A control that was learned is what is at fault, whatever the others are.
    const why = whyNotLearned(figures) ?? (isControl ? undefined : whyNone);
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
    ...(documents.length > 0 && { planted: { model: planted, folder, documents } }),
    reports,
    missing,
  };
}
