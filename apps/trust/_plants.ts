import { type Document, type Model, Random } from "@heatword/core";
import { predictedClass } from "@heatword/eval/classification";
import { formatCount, formatPercent } from "@heatword/eval/numbers";
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
import type { MadeShortcuts, PlantsWork } from "./_planted_models.ts";
import type { Settings } from "./_settings.ts";
import { hasLength } from "./_texts.ts";
import type { Trainable } from "./_trainable.ts";

/** On how many texts it is looked whether a shortcut was learned. */
const CHECKED = 500;
/** With fewer texts that follow a shortcut explainers are not graded by it. */
const FEW = 100;

/** What came of planting shortcuts for one model. */
export interface Plants {
  /** The model that has learned some, and texts with them. */
  readonly planted?: {
    readonly model: Model;
    readonly folder: string;
    readonly documents: readonly PlantedDocument[];
  };
  /** How each was learned. */
  readonly reports: readonly ShortcutReport[];
  /** What cannot be measured, and why. */
  readonly missing: readonly NotMeasured[];
}

const textOf = ({ tokens }: Document) => tokens.map(({ text }) => text);

/** The share of texts that a model classifies correctly. */
async function accuracyOf(model: Model, documents: readonly Document[]): Promise<number> {
  let right = 0;
  for (const document of documents) {
    const scores = await model.scores(model.encode(document));
    if (model.classes[predictedClass(scores)] === document.label) right++;
  }
  return right / documents.length;
}

/** The shortcuts, the same for all models of a run. */
function makeShortcuts(
  { classes, texts, evaluated }: PlantsWork,
  trainable: Trainable,
  random: Random,
): MadeShortcuts {
  const kinds = [...SHORTCUT_KINDS, distantPair(trainable.reach)];
  const isKnown = (word: string) =>
    trainable.knows(word) ||
    [...texts, ...evaluated].some(({ text }) => text.toLowerCase().includes(word));
  const count = kinds.reduce((sum, { words }) => sum + words, 0);
  const names = madeUpWords(count, isKnown, random.fork(1));
  return { shortcuts: shortcutsOf(kinds, names, classes.length, random.fork(2)), names };
}

/** Why the whole model does not count, whatever it has learned. */
function whyModelFails(accuracy: number, without: number, control: LearnedFigures) {
  if (accuracy < without - LEARNED.accuracy) {
    return `with shortcuts ${formatPercent(accuracy)} of texts are classified correctly, ` +
      `${formatPercent(without)} without`;
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
 * @param trainable What can be trained like the model.
 * @param settings How many texts, of how many words, by which seed.
 */
export async function plantFor(
  work: PlantsWork,
  trainable: Trainable,
  settings: Settings,
): Promise<Plants> {
  const { classes, evaluated, place } = work;
  const random = new Random(settings.seed).fork(5);
  const made = makeShortcuts(work, trainable, random);
  const { planted, folder, without, limit } = await trainable.plant(work, made, settings, random);
  const accuracy = await accuracyOf(planted, evaluated);
  const accuracyWithout = await accuracyOf(without, evaluated);
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
    const { kind, words, classes: [one, other] } = shortcut;
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
      classes: [classes[one]!, classes[other]!],
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
