import type { Model } from "@heatword/core";
import { chunksOf } from "@heatword/core/files";
import { saveLinear } from "@heatword/core/linear";
import type { TrainingCorpus } from "@heatword/datasets/corpus";
import { readVectorSpec } from "@heatword/datasets/vectors";
import { createHash } from "node:crypto";
import { beyondKinds, type BeyondModel } from "../cli/programs/reproduce.ts";
import { architectureOf } from "../opening/architecture.ts";
import { openModelAt } from "../opening/model.ts";
import { keepToOneServer } from "../opening/one_server.ts";
import { loadKept } from "../training/kept.ts";
import { getLinear } from "../training/linear.ts";
import { endDigest, type Recipe, startDigest, type TrainingContext } from "../training/model.ts";
import { makers } from "../train/makers.ts";

/** A task that models are trained for. */
export interface BeyondTask {
  /** Its name. */
  readonly name: string;
  /** Its texts. */
  readonly corpus: TrainingCorpus;
  /** How models of word vectors are trained. */
  readonly context: TrainingContext;
  /** How others are: joined word vectors have a recipe of their own. */
  readonly recipeWithoutVectors: Recipe;
  /** What `readVectorSpec` reads: `skipgram`, `ppmi`, a file of word vectors, or several joined. */
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
  if (kind === "linear") {
    const chosen = reading ? undefined : [linearChoice];
    const { model, training: record } = await getLinear(corpus, context, false, chosen);
    return await saveLinear(folder, model, { training: { ...record } });
  }
  const settings = {
    ...{ out: folder, columns: {}, architecture: kind, plugins: [], vectors, seed, workers },
    // One attempt, so that time makes no difference.
    budget: 0,
    ...sizes,
  };
  const candidate = await makers[kind](corpus, settings, context, onNotice);
  await candidate.save(folder, { corpus: name });
}

/** Whether models of an architecture are measured. */
const isMeasured = (architecture: string) =>
  (beyondKinds as readonly string[]).includes(architecture);

/** Whether a model has the classes of a task. */
const isFor = ({ classes }: Model, { corpus }: BeyondTask) =>
  JSON.stringify(classes) === JSON.stringify(corpus.classes);

/**
 * Refuses models that are there but are of another kind than was said, or for none of the tasks.
 *
 * @param models The models that are asked for.
 * @param tasks The tasks.
 * @throws {RangeError} If one is of another kind, has the classes of no task, or headers for one server
 * would be sent to another.
 */
export async function checkGiven(
  models: readonly BeyondModel[],
  tasks: readonly BeyondTask[],
): Promise<void> {
  keepToOneServer(models.flatMap(({ folder }) => folder ?? []));
  for (const { kind, folder } of models) {
    if (folder === undefined) continue;
    const model = await openModelAt(folder, {}, () => {});
    const architecture = await architectureOf(folder, model);
    if (architecture !== kind) {
      throw new RangeError(
        `Cannot measure the model "${folder}" as ${kind}: ` +
          (architecture === undefined
            ? "it is none that deno task train made"
            : `it is a ${architecture}` +
              (isMeasured(architecture) ? `; name it as ${architecture}=${folder}` : "")),
      );
    }
    if (tasks.some((task) => isFor(model, task))) continue;
    throw new RangeError(
      `Cannot measure the model "${folder}" on ${
        tasks.map(({ name }) => name).join(" or ")
      }: its ` +
        `classes are ${model.classes.join(", ")}`,
    );
  }
}

/** Models that see no word vectors are the same with any: they are known by the usual ones. */
const WITHOUT_VECTORS = { kinds: ["char-cnn", "linear"], known: "skipgram" };

/** How models of a kind are trained. */
function contextFor(
  kind: BeyondModel["kind"],
  { context, recipeWithoutVectors: recipe }: Pick<BeyondTask, "context" | "recipeWithoutVectors">,
): TrainingContext {
  return WITHOUT_VECTORS.kinds.includes(kind) ? { ...context, recipe } : context;
}

/**
 * What tells the word vectors of a model from others: of a file its content, and the words of which it
 * keeps the vectors though nothing is learned from them.
 */
async function vectorsPart(
  kind: BeyondModel["kind"],
  { vectors, corpus }: BeyondTask,
): Promise<string | readonly string[]> {
  if (WITHOUT_VECTORS.kinds.includes(kind)) return WITHOUT_VECTORS.known;
  const { trained, file } = readVectorSpec(vectors);
  if (file === undefined) return vectors;
  const hash = createHash("sha256");
  for await (const chunk of chunksOf(file)) hash.update(chunk);
  for (const { words } of corpus.test) hash.update(`${words}\n`);
  return [...trained, hash.digest("hex")];
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
  const { corpus, sizes } = task;
  const context = contextFor(kind, task);
  const vectors = await vectorsPart(kind, task);
  const about = ["beyond", 1, kind, context.recipe, vectors, sizes ?? "usual"];
  const key = endDigest(startDigest(about, corpus, context));
  const folder = `${context.cache}/models/beyond-${kind}-${key}`;
  const kept = await loadKept(() => openModelAt(folder, {}, onNotice));
  if (kept) {
    onNotice(`${kind}: from the cache`);
    return { model: kept, folder };
  }
  await trainInto(folder, kind, { ...task, context }, onNotice);
  return { model: await openModelAt(folder, {}, onNotice), folder };
}
