import { firstReading } from "@heatword/core";
import { formatPercent } from "@heatword/core/counts";
import { writeFileAtomically } from "@heatword/core/files";
import {
  type OpenedCorpus,
  readTrainingTexts,
  reportBadRows,
  type TrainingCorpus,
} from "@heatword/datasets/corpus";
import { type BeyondData, type MeasuredTask, measureModel } from "@heatword/eval/beyond";
import { deletionDefaults } from "@heatword/eval/deletion";
import { fullRecipe, recipeFor } from "../training/recipe.ts";
import type { TrainingContext } from "../training/model.ts";
import { type BeyondTask, checkGiven, modelFor } from "./_beyond_models.ts";
import type { BeyondSettings, Settings } from "./_settings.ts";

/** Names of the explainers that are always measured. */
const usual = ["lrp", "sa", "gradient-input"];

/** How large networks of a quick run are, and how long they learn. */
const quickSizes = { filters: 32, units: 8, epochs: 3 };

/** Explainers, each once. */
export function beyondExplainers({ explainers }: Settings): string[] {
  return [...new Set([...usual, ...explainers])].filter((name) => name !== "random");
}

/**
 * How words of the documents of a task are deleted: as in the paper where they are as long, else up to
 * half of the words that a document has in the middle, from documents of twice as many.
 */
export function deletionFor({ test }: Pick<TrainingCorpus, "test">, runs: number) {
  const lengths = test.map(({ length }) => length).sort((a, b) => a - b);
  const middle = lengths[lengths.length >> 1] ?? 0;
  const deletions = Math.min(deletionDefaults.deletions, Math.max(1, middle >> 1));
  return { minLength: 2 * deletions, deletions, runs };
}

/** Reads the table that was named. */
async function tableTask(
  { data, columns }: Required<Pick<BeyondSettings, "data" | "columns">>,
  { seed, quick, vectors }: Settings,
  context: TrainingContext,
  onNotice: (line: string) => void,
): Promise<BeyondTask> {
  const reading = { ...firstReading, tokenizer: "unicode" };
  const { corpus, bad, notes } = await readTrainingTexts(
    { data, columns, seed, reading },
    context.onProgress,
  );
  reportBadRows(bad, onNotice);
  notes.forEach(onNotice);
  const sizes = quick ? quickSizes : {};
  const recipe = recipeFor(corpus.train, { ...sizes, vectors });
  const own = { ...context, reading, recipe };
  return {
    name: corpus.name.replace(/^.*[/\\]/, ""),
    corpus,
    context: own,
    recipeWithoutVectors: recipeFor(corpus.train, sizes),
    vectors,
    ...(quick && { sizes: quickSizes }),
  };
}

async function measureTask(
  task: BeyondTask,
  beyond: BeyondSettings,
  settings: Settings,
  onNotice: (line: string) => void,
): Promise<MeasuredTask> {
  const { corpus, context } = task;
  const deletion = deletionFor(corpus, beyond.runs);
  const models = [];
  for (const asked of beyond.models) {
    onNotice(`${task.name}: ${asked.kind} …`);
    const found = await modelFor(asked, task, onNotice);
    const measured = await measureModel({
      ...found,
      name: asked.kind,
      documents: corpus.test,
      explained: beyond.documents,
      explainers: beyondExplainers(settings),
      plugins: settings.plugins,
      deletion,
      seed: settings.seed,
      workers: settings.workers,
      cache: context.cache,
      onProgress: context.onProgress,
    });
    models.push(measured);
    await found.model.close?.();
    onNotice(
      `${task.name}: ${asked.kind} classifies ${
        formatPercent(measured.accuracy)
      } of ${measured.documents} test documents correctly; ${measured.explained} were explained`,
    );
  }
  return {
    name: task.name,
    train: corpus.train.length,
    classes: corpus.classes.length,
    ...deletion,
    models,
  };
}

/**
 * Does the paper's experiments of word deletion with other networks and on another task, and writes
 * what was measured to OUT/beyond.json.
 *
 * @param beyond What to measure.
 * @param settings What was asked for.
 * @param corpus The corpus of the paper, with the documents to learn from and to evaluate.
 * @param context How its models are trained.
 * @param onNotice Called with each line that a person should know.
 * @throws {RangeError} If there is nothing to train on.
 */
export async function measureBeyond(
  beyond: BeyondSettings,
  settings: Settings,
  corpus: TrainingCorpus & Pick<OpenedCorpus, "name" | "pretrained">,
  context: TrainingContext,
  onNotice: (line: string) => void,
): Promise<BeyondData> {
  const { data, columns = {} } = beyond;
  const tasks: BeyondTask[] = [];
  if (corpus.pretrained === undefined) {
    const { vectors, quick } = settings;
    const sizes = quick ? { sizes: quickSizes } : {};
    const recipeWithoutVectors = quick ? context.recipe : fullRecipe;
    tasks.push({ name: corpus.name, corpus, context, recipeWithoutVectors, vectors, ...sizes });
  } else if (data === undefined) {
    throw new RangeError(
      `Cannot go beyond the paper on ${corpus.name}: it has nothing to train on; name a table with ` +
        "--beyond-data, or the folder of the 20Newsgroups corpus with --data",
    );
  } else onNotice(`note: nothing is trained on ${corpus.name}, so only ${data} is measured`);
  if (data !== undefined) {
    tasks.push(await tableTask({ data, columns }, settings, context, onNotice));
  }
  await checkGiven(beyond.models, tasks);
  const measured: MeasuredTask[] = [];
  for (const task of tasks) {
    measured.push(await measureTask(task, beyond, settings, onNotice));
  }
  const found = { explainers: beyondExplainers(settings), tasks: measured };
  await writeFileAtomically(`${settings.out}/beyond.json`, JSON.stringify(found, null, 2) + "\n");
  return found;
}
