import { readNewsgroups } from "@heatword/datasets/corpus";
import type { CompactDocument, TrainingCorpus } from "@heatword/datasets/corpus";
import { type OnProgress, wordLimit } from "@heatword/core";
import { writeFileAtomically } from "@heatword/core/files";
import { defaultHyperparameters, type WordCnn } from "@heatword/core/word-cnn";
import { meanOf } from "@heatword/eval/statistics";
import { predict } from "../../apps/train/_candidate.ts";
import { split } from "../../apps/training/held_out.ts";
import { getModel, getVectors, type Recipe } from "../../apps/training/model.ts";
import { fullRecipe } from "../../apps/training/recipe.ts";

/** What is trained, but for the seed. */
export interface Variant {
  /** As of `--vectors`. */
  readonly vectors: string;
  /** How many words filters span. */
  readonly widths: readonly number[];
  /** Number of filters. */
  readonly filters: number;
  /** Passes over the training documents; there is no choice among them. */
  readonly epochs: number;
  /** The norm of word vectors. */
  readonly norm: number;
  /**
   * Whether it learns and is measured on training documents alone: on as much of each as of a test
   * document, or on all of it. A file of runs that has `true` does not say which, and is not believed.
   */
  readonly heldOut: false | "beginning" | "whole";
}

/** A network that was trained and measured. */
export interface Run extends Variant {
  readonly seed: number;
  /** The part that is classified correctly. */
  readonly accuracy: number;
  /** How many documents that was measured on. */
  readonly documents: number;
  /** Seconds of the training, of vectors and network; those in the cache take none. */
  readonly seconds: number;
}

/** Runs that were done, in a file, so that none is done twice. */
export class Runs {
  readonly #path: string;
  readonly #runs: Run[];

  private constructor(path: string, runs: Run[]) {
    this.#path = path;
    this.#runs = runs;
  }

  /** Reads the file, if there is one. */
  static async read(path: string): Promise<Runs> {
    try {
      return new Runs(path, JSON.parse(await Deno.readTextFile(path)));
    } catch (error) {
      if (error instanceof Deno.errors.NotFound) return new Runs(path, []);
      if (!(error instanceof SyntaxError)) throw error;
      throw new SyntaxError(`Cannot read "${path}", which is no JSON: remove it, or name another`);
    }
  }

  /** The run of a variant with a seed, if it was done. */
  find(variant: Variant, seed: number): Run | undefined {
    const key = keyOf({ ...variant, seed });
    return this.#runs.find((run) => keyOf(run) === key);
  }

  /** Adds a run and writes the file. */
  async add(run: Run): Promise<void> {
    this.#runs.push(run);
    const text = JSON.stringify(this.#runs, null, 2);
    await writeFileAtomically(this.#path, new TextEncoder().encode(`${text}\n`));
  }
}

function keyOf(run: Variant & { seed: number }): string {
  const { vectors, widths, filters, epochs, norm, heldOut, seed } = run;
  return JSON.stringify([vectors, widths, filters, epochs, norm, heldOut, seed]);
}

/**
 * The corpus to learn from and to measure on: the test part, or held-out training documents.
 *
 * @param data The data folder.
 * @param heldOut Whether documents are held out, and how much of each is measured on.
 * @param onProgress Called with progress.
 */
export async function readCorpus(
  data: string,
  heldOut: Variant["heldOut"],
  onProgress: OnProgress,
): Promise<TrainingCorpus> {
  const corpus = await readNewsgroups(data, onProgress);
  if (heldOut === false) return corpus;
  const [train, test] = split(corpus.train, fullRecipe.heldOut);
  return {
    classes: corpus.classes,
    train,
    test: heldOut === "whole" ? test : test.map(beginningOf),
  };
}

/** As much of a document as a model sees of a test document. */
export function beginningOf(document: CompactDocument): CompactDocument {
  const words = document.words.split(" ").slice(0, wordLimit());
  if (words.length === document.length) return document;
  return { ...document, words: words.join(" "), length: words.length };
}

/** How many threads, the cache, and where progress is told. */
export interface Setting {
  readonly workers: number;
  readonly cache: string;
  readonly onProgress: OnProgress;
}

/**
 * Trains vectors and a network on the training part of a corpus, or takes them out of the cache.
 *
 * @param corpus The corpus.
 * @param variant What to train.
 * @param seed Where all randomness starts, of the vectors and of the network.
 * @param setting How.
 */
export async function trainModel(
  corpus: TrainingCorpus,
  { vectors: spec, filters, epochs, widths, norm }: Variant,
  seed: number,
  setting: Setting,
): Promise<WordCnn> {
  const isPaper = widths.join() === "2";
  const recipe: Recipe = {
    ...fullRecipe,
    norm,
    hyperparameters: {
      ...fullRecipe.hyperparameters,
      ...(filters !== defaultHyperparameters.filters && { filters }),
      epochs,
      ...(!isPaper && { widths }),
    },
    heldOut: 0,
  };
  const context = { ...setting, recipe, seed };
  const { vectors } = await getVectors(corpus, spec, context, () => {});
  return (await getModel(corpus, vectors, context, () => {})).model;
}

/**
 * Trains vectors and a network on the training part of a corpus and measures it on the test part.
 *
 * @param corpus The corpus.
 * @param variant What to train.
 * @param seed Where all randomness starts, of the vectors and of the network.
 * @param setting How.
 */
export async function train(
  corpus: TrainingCorpus,
  variant: Variant,
  seed: number,
  setting: Setting,
): Promise<Run> {
  const start = performance.now();
  const model = await trainModel(corpus, variant, seed, setting);
  return {
    ...variant,
    seed,
    accuracy: accuracyOf(model, corpus.test),
    documents: corpus.test.length,
    seconds: (performance.now() - start) / 1000,
  };
}

/** The part of documents that a model classifies correctly. */
export function accuracyOf(model: WordCnn, documents: readonly CompactDocument[]): number {
  const classes = predict(model, { test: documents });
  return documents.filter(({ label }, i) => label === classes[i]).length / documents.length;
}

/** Mean and standard deviation, which has n − 1 in the denominator. */
export function spread(values: readonly number[]): { mean: number; deviation: number } {
  const mean = meanOf(values);
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 0);
  return { mean, deviation: Math.sqrt(squares / (values.length - 1)) };
}
