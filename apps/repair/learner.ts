import { type Model, type OnProgress, withWordsBeyond } from "@heatword/core";
import { type LinearModel, loadLinear, saveLinear, trainLinear } from "@heatword/core/linear";
import { kindOfModel, linearKind, wordCnnKind } from "@heatword/core/models";
import {
  type Hyperparameters,
  loadWordCnn,
  saveWordCnn,
  type WordCnn,
} from "@heatword/core/word-cnn";
import type { LabelledText } from "@heatword/datasets/tables";
import type { Leak, LearnedText } from "@heatword/eval/repair";
import { modelKey } from "../training/model_key.ts";
import {
  freshVectors,
  keptVectorsNote,
  normOf,
  type VectorsRecord,
  withoutWords,
} from "./_fresh_vectors.ts";
import {
  hyperparametersOf,
  type MarkedWords,
  type Recorded,
  retrained,
} from "../training/retrained.ts";

/** Texts to choose an epoch by, and those to learn from meanwhile. */
export interface EpochChoice {
  /** To learn from. */
  readonly texts: readonly LearnedText[];
  /** To choose by. */
  readonly heldOut: readonly LearnedText[];
}

/** What is learned, and how. */
export interface Lesson {
  /** The texts. */
  readonly texts: readonly LearnedText[];
  /** The seed. */
  readonly seed: number;
  /** The relevance of a leak that is penalised, and how much. */
  readonly penalised?: { readonly leak: Leak; readonly penalty: number };
  /** Words that are to be unknown, as the texts do not have them any more. @default {none} */
  readonly gone?: readonly string[];
  /** By what the epoch is chosen where that of the model was chosen, too. @default {its own} */
  readonly choice?: EpochChoice;
  /** What progress is called. */
  readonly task: string;
}

/** What was learned. */
export interface Learned {
  /** The model. */
  readonly model: Model;
  /** The epoch up to which it learned, where that was chosen, and by how many texts. */
  readonly chosen?: { readonly bestEpoch: number; readonly heldOut: number };
}

/** Learns models like one that is there. */
export interface Learner {
  /** What kind of model it is. */
  readonly kind: "word-cnn" | "linear";
  /** The network, where filters can be switched off and relevance be penalised. */
  readonly network?: WordCnn;
  /** The seed of the model, where it is known. */
  readonly seed?: number;
  /** What a person should know of models that are learned like it. */
  readonly notes: readonly string[];
  /**
   * Learns a model, or takes it out of the cache.
   *
   * @param lesson From what, and how.
   */
  learn(lesson: Lesson): Promise<Learned>;
  /**
   * Saves a model of this kind.
   *
   * @param folder Where.
   * @param model The model.
   * @param about What is kept with it.
   */
  save(folder: string, model: Model, about: Readonly<Record<string, unknown>>): Promise<void>;
}

/** What learning needs beside the model. */
export interface LearnerContext {
  /** The files that the model stands in. */
  readonly files: readonly string[];
  /** The cache folder. */
  readonly cache: string;
  /** How many threads. */
  readonly workers: number;
  /** Called with progress. */
  readonly onProgress: OnProgress;
}

/** Texts as words, with those of a leak marked. */
function wordsOf(model: Model, texts: readonly LearnedText[], leak?: Leak): MarkedWords[] {
  return texts.map(({ text, label }) => {
    const document = model.read(text);
    const words = withWordsBeyond(document).tokens;
    const spans = leak?.spans(document) ?? [];
    return {
      label: model.classes.indexOf(label),
      words: words.map(({ text }) => text),
      ...(spans.length > 0 && {
        marked: words.map(({ start, end }) =>
          Number(spans.some(([from, to]) => start < to && from < end))
        ),
      }),
    };
  });
}

/** What is kept of how a model was trained: not what it came to, which is that of another one now. */
function keptOf(training: Readonly<Record<string, unknown>>): Record<string, unknown> {
  const kept = [
    ...["corpus", "crossValidation", "hyperparameters", "bestEpoch", "heldOut", "seed", "vectors"],
    ...["start", "norm"],
  ];
  return Object.fromEntries(Object.entries(training).filter(([name]) => kept.includes(name)));
}

/** What models that are learned like a repaired one do not keep. */
function repairNotes(path: string, { repaired }: Pick<Recorded, "repaired">): string[] {
  return repaired === undefined ? [] : [
    `"${path}" was repaired before, which what is learned anew does not keep: name all that it is not ` +
    "to look at in one --against, as words with commas between",
  ];
}

async function likeNetwork(
  path: string,
  network: WordCnn,
  { files, cache, workers, onProgress }: LearnerContext,
): Promise<Learner> {
  const recorded = (await loadWordCnn(path)).training as VectorsRecord;
  const lastEpoch = recorded.bestEpoch;
  const norm = normOf(recorded);
  return {
    kind: "word-cnn",
    network,
    notes: [
      ...repairNotes(path, recorded),
      ...[keptVectorsNote(path, network, recorded)].filter((line) => line !== undefined),
    ],
    ...(recorded.seed !== undefined && { seed: recorded.seed }),
    learn: async ({ texts, seed, penalised, gone = [], choice, task }) => {
      const hyperparameters: Partial<Hyperparameters> = {
        ...hyperparametersOf(network, recorded),
        ...(penalised && { relevancePenalty: penalised.penalty }),
      };
      const against = penalised && [penalised.leak.kind, penalised.leak.what];
      // Classes may be too small to hold out a text.
      const chosenBy = recorded.heldOut && choice?.heldOut.length ? choice : undefined;
      const key = await modelKey(
        { purpose: { repair: 2 }, texts: texts as readonly LabelledText[], files, onProgress },
        { hyperparameters, lastEpoch, seed, against, gone, chosenBy },
      );
      const context = { texts, seed, workers, cache, onProgress };
      const { leak } = penalised ?? {};
      const { model, bestEpoch } = await retrained({
        like: network,
        hyperparameters,
        begin: async () => {
          const begun = await freshVectors(network, recorded, context) ?? network;
          if (gone.length === 0) return begun;
          const left = new Set(wordsOf(network, texts).flatMap(({ words }) => words));
          return withoutWords(begun, gone, left);
        },
        ...(lastEpoch !== undefined && { lastEpoch }),
        ...(chosenBy && {
          choose: () => ({
            documents: wordsOf(network, chosenBy.texts, leak),
            heldOut: wordsOf(network, chosenBy.heldOut),
          }),
        }),
        seed,
        workers,
        documents: () => wordsOf(network, texts, leak),
        folder: `${cache}/repair/models/${key}`,
        task,
        onProgress,
      });
      return {
        model,
        ...(chosenBy && { chosen: { bestEpoch, heldOut: chosenBy.heldOut.length } }),
      };
    },
    save: async (folder, model, about) => {
      const cnn = model as WordCnn;
      const { type } = cnn.vectors;
      await saveWordCnn(folder, cnn, {
        vectors: type === "float64" ? "float32" : type,
        training: { ...keptOf({ ...recorded, norm }), ...about },
      });
    },
  };
}

/** What a linear model learns by that does not tell how it was trained. */
const USUAL_CHOICE = { features: ["words", "pairs"], cost: 10 } as const;

async function likeLinear(path: string, linear: LinearModel): Promise<Learner> {
  const { training } = await loadLinear(path);
  const [choice = USUAL_CHOICE] = (training.crossValidation ?? []) as (typeof USUAL_CHOICE)[];
  const { classes, reader } = linear;
  return {
    kind: "linear",
    notes: repairNotes(path, training),
    learn: ({ texts }) =>
      Promise.resolve({
        model: trainLinear({
          documents: wordsOf(linear, texts),
          classes,
          features: choice.features,
          cost: choice.cost,
          reader,
        }),
      }),
    save: (folder, model, about) =>
      saveLinear(folder, model as LinearModel, { training: { ...keptOf(training), ...about } }),
  };
}

/**
 * Finds how models like one are learned.
 *
 * @param path What was given as the model.
 * @param model The model that stands there.
 * @param context What learning needs.
 * @throws {TypeError} If models of this kind are not learned here.
 */
export async function learnerOf(
  path: string,
  model: Model,
  context: LearnerContext,
): Promise<Learner> {
  const kind = await kindOfModel(path);
  // What these kinds open is known.
  if (kind === wordCnnKind) return await likeNetwork(path, model as WordCnn, context);
  if (kind === linearKind) return await likeLinear(path, model as LinearModel);
  throw new TypeError(
    `Cannot repair the model "${path}"${
      kind ? `, a ${kind.name}` : ""
    }: only word-CNNs and linear ` +
      "models of this project are trained here anew; take the leak out of the texts that it learned " +
      "from, and train it again",
  );
}
