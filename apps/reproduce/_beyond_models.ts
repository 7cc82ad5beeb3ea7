import type { Model } from "@heatword/core";
import { openModel } from "@heatword/core/models";
import { saveLinear } from "@heatword/core/linear";
import type { TrainingCorpus } from "@heatword/datasets/corpus";
import type { BeyondModel } from "../cli/programs/reproduce.ts";
import { getLinear } from "../training/linear.ts";
import { endDigest, startDigest, type TrainingContext } from "../training/model.ts";
import { makers } from "../train/makers.ts";

/** A task that models are trained for. */
export interface BeyondTask {
  /** Its name. */
  readonly name: string;
  /** Its texts. */
  readonly corpus: TrainingCorpus;
  /** How models are trained. */
  readonly context: TrainingContext;
  /** `skipgram`, or a file of word vectors. */
  readonly vectors: string;
  /** Sizes of networks that differ from the usual ones. */
  readonly sizes?: { readonly filters: number; readonly units: number; readonly epochs: number };
}

/** A model in its folder. */
export interface ModelInFolder {
  readonly model: Model;
  readonly folder: string;
}

/**
 * What the linear model takes of 20Newsgroups, without cross-validation: its long articles would take it
 * much time and memory.
 */
const linearChoice = { features: ["words", "pairs"], cost: 10, accuracy: NaN } as const;

/** Trains a model and saves it. */
async function trainInto(
  folder: string,
  kind: BeyondModel["kind"],
  { name, corpus, context, vectors, sizes }: BeyondTask,
  onNotice: (line: string) => void,
): Promise<void> {
  const { seed, workers, reading } = context;
  // What models get right is measured later, and kept.
  const training = { ...corpus, test: [] };
  if (kind === "linear") {
    const chosen = reading ? undefined : [linearChoice];
    const { model, training: record } = await getLinear(training, context, false, chosen);
    return await saveLinear(folder, model, { training: { ...record } });
  }
  const settings = {
    ...{ out: folder, columns: {}, architecture: kind, plugins: [], vectors, seed, workers },
    // One attempt, so that time makes no difference.
    budget: 0,
    ...sizes,
  };
  const candidate = await makers[kind](training, settings, context, onNotice);
  await candidate.save(folder, { corpus: name });
}

/** Refuses a folder whose model is not for the task. */
function checkClasses({ classes }: Model, folder: string, { name, corpus }: BeyondTask): void {
  if (JSON.stringify(classes) === JSON.stringify(corpus.classes)) return;
  throw new RangeError(
    `Cannot measure the model "${folder}" on ${name}: its classes are ${classes.join(", ")}, not ` +
      corpus.classes.join(", "),
  );
}

/**
 * Gets a model: from the folder that was given where it is for the task, from the cache, or trained.
 *
 * @param asked Which one.
 * @param task The task.
 * @param onNotice Called with each line that a person should know.
 */
export async function modelFor(
  { kind, folder: given }: BeyondModel,
  task: BeyondTask,
  onNotice: (line: string) => void,
): Promise<ModelInFolder> {
  if (given !== undefined) {
    const model = await openModel(given);
    checkClasses(model, given, task);
    return { model, folder: given };
  }
  const { corpus, context, vectors, sizes } = task;
  const about = ["beyond", 1, kind, context.recipe, vectors, sizes ?? "usual"];
  const key = endDigest(startDigest(about, corpus, context));
  const folder = `${context.cache}/models/beyond-${kind}-${key}`;
  try {
    const model = await openModel(folder);
    onNotice(`${kind}: from the cache`);
    return { model, folder };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof SyntaxError)) throw error;
  }
  await trainInto(folder, kind, task, onNotice);
  return { model: await openModel(folder), folder };
}
