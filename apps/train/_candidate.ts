import type { Document, FloatArray, Input } from "@heatword/core";
import { type CompactDocument, toDocument, type TrainingCorpus } from "@heatword/datasets/corpus";
import { readVectorSpec } from "@heatword/datasets/vector-spec";
import { predictedClass } from "@heatword/eval/classification";
import type { Architecture } from "../cli/programs/train.ts";
import type { TrainingContext } from "../training/context.ts";
import type { Settings } from "./_settings.ts";

/** A model that was trained, of one architecture. */
export interface Candidate {
  /** Its architecture. */
  readonly architecture: Exclude<Architecture, "auto" | "arras-2016">;
  /** What it knows, for people. */
  readonly knows: string;
  /** The part that it classified correctly of training documents that it had not learned from. */
  readonly heldOut?: number;
  /** The class that it gives each test document; computed when it is asked for. */
  predictions(): readonly number[];
  /** The same of the model in full precision, where a smaller one is saved. */
  full?(): readonly number[];
  /** How many held-out documents that was measured on. */
  readonly heldOutDocuments?: number;
  /**
   * Trains the same once more, of other documents; absent where that would take long.
   *
   * @param corpus The documents.
   */
  again?(corpus: TrainingCorpus): Promise<Candidate>;
  /**
   * Saves it.
   *
   * @param folder Where.
   * @param about What is to be kept with it besides how it was trained.
   */
  save(folder: string, about: Readonly<Record<string, unknown>>): Promise<void>;
}

/**
 * Trains a model of an architecture.
 *
 * @param corpus What to train and test on.
 * @param settings What was asked for.
 * @param context How.
 * @param onNotice Called with what was reached.
 */
export type MakeCandidate = (
  corpus: TrainingCorpus,
  settings: Settings,
  context: TrainingContext,
  onNotice: (line: string) => void,
) => Promise<Candidate>;

/** The words that documents have at least so many times, in lower case. */
export function frequentWords(
  documents: readonly CompactDocument[],
  minCount: number,
): Set<string> {
  const counts = new Map<string, number>();
  for (const { words } of documents) {
    for (const word of words.toLowerCase().split(" ")) {
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  return new Set([...counts].filter(([, count]) => count >= minCount).map(([word]) => word));
}

/** What is kept with a model of where its word vectors come from: of a file only that it was one. */
export function vectorsKept(spec: string): string {
  if (spec === "random") return spec;
  const { trained, file } = readVectorSpec(spec);
  return [...trained, ...(file === undefined ? [] : ["given"])].join("+");
}

/** The class that a model gives each test document. */
export function predict<I extends Input>(
  model: { encode(document: Document): I; scores(input: I): FloatArray },
  { test }: Pick<TrainingCorpus, "test">,
): number[] {
  return test.map((document) => predictedClass(model.scores(model.encode(toDocument(document)))));
}
