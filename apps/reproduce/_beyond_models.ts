import type { Model } from "@heatword/core";
import { saveLinear } from "@heatword/core/linear";
import type { TrainingCorpus } from "@heatword/datasets/corpus";
import type { BeyondModel } from "../cli/programs/reproduce.ts";
import { openModelAt } from "../opening/model.ts";
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

/** Whether a model has the classes of a task. */
const isFor = ({ classes }: Model, { corpus }: BeyondTask) =>
  JSON.stringify(classes) === JSON.stringify(corpus.classes);

/**
 * Refuses models that are there but for none of the tasks.
 *
 * @param models The models that are asked for.
 * @param tasks The tasks.
 * @throws {RangeError} If one has the classes of no task.
 */
export async function checkGiven(
  models: readonly BeyondModel[],
  tasks: readonly BeyondTask[],
): Promise<void> {
  for (const { folder } of models) {
    if (folder === undefined) continue;
    const model = await openModelAt(folder, {}, () => {});
    if (tasks.some((task) => isFor(model, task))) continue;
    throw new RangeError(
      `Cannot measure the model "${folder}" on ${
        tasks.map(({ name }) => name).join(" or ")
      }: its ` +
        `classes are ${model.classes.join(", ")}`,
    );
  }
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
    const model = await openModelAt(given, {}, onNotice);
    if (isFor(model, task)) return { model, folder: given };
    onNotice(`note: "${given}" is not for ${task.name}: another ${kind} is trained`);
  }
  const { corpus, context, vectors, sizes } = task;
  const about = ["beyond", 1, kind, context.recipe, vectors, sizes ?? "usual"];
  const key = endDigest(startDigest(about, corpus, context));
  const folder = `${context.cache}/models/beyond-${kind}-${key}`;
  try {
    const model = await openModelAt(folder, {}, onNotice);
    onNotice(`${kind}: from the cache`);
    return { model, folder };
  } catch (error) {
    if (!(error instanceof Deno.errors.NotFound || error instanceof SyntaxError)) throw error;
  }
  await trainInto(folder, kind, task, onNotice);
  return { model: await openModelAt(folder, {}, onNotice), folder };
}
