import type { Model, OnProgress } from "@heatword/core";
import { readFile } from "@heatword/core/files";
import { shareModel } from "@heatword/core/models";
import type { CompactDocument } from "@heatword/datasets/corpus";
import { createHash } from "node:crypto";
import { EvaluationsFile } from "../assessment/kept_evaluations.ts";
import type { DocumentEvaluation, EvaluationPlan } from "../corpus/evaluate_document.ts";
import { classificationOf, conservationByExplainer, deletionOf } from "../corpus/summarize.ts";
import type { DeletionOptions } from "../deletion/delete_words.ts";
import { EvaluationPool } from "../experiments/evaluation_pool.ts";
import type { MeasuredModel } from "./beyond_data.ts";

/** A model on the texts of a task. */
export interface MeasureOptions {
  /** What it is called. */
  readonly name: string;
  /** The model. */
  readonly model: Model;
  /** Its folder. */
  readonly folder: string;
  /** All test documents. */
  readonly documents: readonly CompactDocument[];
  /** How many of them, at most, are explained and lose words. */
  readonly explained: number;
  /** Names of the explainers. */
  readonly explainers: readonly string[];
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** How words are deleted. */
  readonly deletion: Required<DeletionOptions>;
  /** Where all randomness starts. */
  readonly seed: number;
  /** How many workers; they make no difference to the results. */
  readonly workers: number;
  /** The folder where what was measured is kept. */
  readonly cache: string;
  /** Called with progress. */
  readonly onProgress: OnProgress;
}

/**
 * The documents that are explained: of those that are long enough so many, evenly from first to last.
 *
 * @param documents All documents.
 * @param minLength Fewest words.
 * @param count How many at most.
 */
export function chosenDocuments(
  documents: readonly CompactDocument[],
  minLength: number,
  count: number,
): CompactDocument[] {
  const long = documents.filter(({ length }) => length >= minLength);
  const size = Math.min(count, long.length);
  return Array.from({ length: size }, (_, i) => long[Math.floor(i * long.length / size)]!);
}

/** Evaluates documents; those that are kept are not evaluated again. */
async function evaluateKept(
  documents: readonly CompactDocument[],
  plan: EvaluationPlan,
  options: MeasureOptions,
  task: string,
): Promise<DocumentEvaluation[]> {
  const { model, folder, plugins, workers, cache, onProgress } = options;
  // A worker alone would only have to start. What is kept goes together as it was evaluated then.
  const here = workers === 1 ? model : undefined;
  const hash = createHash("sha256");
  hash.update(JSON.stringify(["beyond", 1, plan, here ? "one by one" : "in parts"]));
  hash.update(await readFile(`${folder}/model.json`));
  for (const { label, words } of documents) hash.update(`${label} ${words}\n`);
  const key = hash.digest("hex").slice(0, 20);
  const shared = shareModel(model) ?? folder;
  await using pool = new EvaluationPool({ model: shared, plugins, plan }, workers, here);
  await Deno.mkdir(`${cache}/beyond`, { recursive: true });
  using kept = await EvaluationsFile.open(`${cache}/beyond/${key}.jsonl`, key);
  return await pool.evaluate(documents, (progress) => onProgress({ ...progress, task }), kept);
}

/**
 * Measures a model on the texts of a task: its accuracy on all test documents; on some of them how
 * well explainers keep their promise of a sum, and the two experiments of word deletion of Arras et al.
 * 2016. What was measured is kept by the content of model, texts and plan, so that a run that was
 * stopped goes on where it was.
 *
 * @param options What to measure.
 * @returns What was found; the same with any number of workers.
 */
export async function measureModel(options: MeasureOptions): Promise<MeasuredModel> {
  const { name, model, documents, explained, explainers, deletion, seed } = options;
  const accuracies = await evaluateKept(
    documents,
    { explainers: [], seed },
    options,
    `${name}: classifying`,
  );
  const { accuracy, standardError } = classificationOf(accuracies, model.classes);
  const chosen = chosenDocuments(documents, deletion.minLength, explained);
  const plan = { explainers, seed, deletion };
  const evaluations = await evaluateKept(
    chosen,
    plan,
    options,
    `${name}: explaining and deleting words`,
  );
  return {
    name,
    accuracy,
    standardError,
    documents: documents.length,
    explained: chosen.length,
    conservation: conservationByExplainer(evaluations, explainers),
    deletion: deletionOf(evaluations, plan),
  };
}
