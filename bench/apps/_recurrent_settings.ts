import type { OnProgress, TextReading } from "@heatword/core";
import {
  defaultRecurrentHyperparameters,
  readRecurrentHyperparameters,
  type RecurrentHyperparameters,
  trainRecurrent,
} from "@heatword/core/recurrent";
import { plainVectors } from "@heatword/core/word-cnn";
import type { TrainingCorpus } from "@heatword/datasets/corpus";
import { type NamedVectors, readVectorSpec } from "@heatword/datasets/vectors";
import { FinishedTasks } from "@heatword/eval/finished-tasks";
import { createHash } from "node:crypto";
import { UsageError } from "../../apps/cli/usage_error.ts";
import { holdOut } from "../../apps/training/held_out.ts";
import {
  endDigest,
  getVectors,
  rowsFor,
  scaledToNorm,
  startDigest,
  vectorsKey,
} from "../../apps/training/model.ts";
import { recipeFor, recurrentRecipe } from "../../apps/training/recipe.ts";
import { RECURRENT_NORM } from "../../apps/training/recurrent.ts";

/** What is trained. */
export const architectures = ["bilstm", "lstm", "gru"] as const;

/** A setting that is another than usual: a hyper-parameter, or the norm of word vectors. */
export type Setting = Partial<RecurrentHyperparameters> & { readonly norm?: number };

/** What is tried unless something else is asked for. */
export const usualSettings: Setting[] = [
  { units: 32 },
  { units: 128 },
  { rate: 0.001 },
  { rate: 0.006 },
  { wordDropout: 0.1 },
  { wordDropout: 0.5 },
  { dropout: 0.2 },
  { readout: "mean" },
  { norm: 1.5 },
];

/** A setting in words. */
export const settingName = (setting: Setting): string =>
  Object.entries(setting).map(([name, value]) => `${name} ${value}`).join(", ") || "as usual";

/**
 * Reads a setting as the command line has it, NAME=VALUE.
 *
 * @throws {UsageError} If there is no such setting, or it takes another value.
 */
export function readSetting(given: string): Setting {
  const [name, ...rest] = given.split("=");
  const value = rest.join("=");
  const usual = { ...defaultRecurrentHyperparameters, norm: RECURRENT_NORM }[name as keyof Setting];
  if (usual === undefined || value === "") {
    throw new UsageError(
      `Option --vary takes NAME=VALUE with a name of ${
        Object.keys(defaultRecurrentHyperparameters).join(", ")
      } or norm, not "${given}"`,
    );
  }
  const read = typeof usual === "number"
    ? Number(value)
    : typeof usual === "boolean"
    ? ({ true: true, false: false } as Record<string, boolean>)[value] ?? value
    : value;
  try {
    const { norm = 1, ...hyperparameters } = { [name!]: read } as Setting;
    readRecurrentHyperparameters(hyperparameters);
    if (!(norm > 0 && norm < Infinity)) {
      throw new RangeError(`"norm" takes a number above 0, not "${value}"`);
    }
  } catch (error) {
    throw new UsageError(`Option --vary: ${(error as Error).message}`);
  }
  return { [name!]: read };
}

/** What came of a setting. */
export interface Measured {
  /** Of held-out documents the part that is classified correctly, after each epoch. */
  readonly accuracies: readonly number[];
}

/** How is trained, but for the setting and the seed. */
export interface SettingsOptions {
  readonly architecture: typeof architectures[number];
  /** As of `--vectors`. */
  readonly vectors: string;
  readonly workers: number;
  readonly cache: string;
  readonly reading?: TextReading;
  readonly onProgress: OnProgress;
}

/** Trains by settings, and keeps what came of each. */
export class Settings implements Disposable {
  readonly #corpus: TrainingCorpus;
  readonly #options: SettingsOptions;
  readonly #place: string;
  readonly #kept: FinishedTasks<Measured>;
  readonly #digests = new Map<number, string>();

  private constructor(
    corpus: TrainingCorpus,
    options: SettingsOptions,
    place: string,
    kept: FinishedTasks<Measured>,
  ) {
    this.#corpus = corpus;
    this.#options = options;
    this.#place = place;
    this.#kept = kept;
  }

  /**
   * Opens what was kept of the training documents of a corpus.
   *
   * @param corpus The corpus; its test documents are not looked at.
   * @param options How is trained.
   * @throws {Deno.errors.Busy} If another process is at it.
   */
  static async open(corpus: TrainingCorpus, options: SettingsOptions): Promise<Settings> {
    const { cache, reading } = options;
    const [train, test] = holdOut(corpus, recipeFor(corpus.train).heldOut);
    const about = { seed: 0, ...(reading && { reading }) };
    const key = endDigest(startDigest(["recurrent settings", 1], corpus, about));
    const folder = `${cache}/recurrent-settings`;
    await Deno.mkdir(folder, { recursive: true });
    const place = `${folder}/${key}`;
    const kept = await FinishedTasks.open<Measured>(`${place}.jsonl`, key);
    return new Settings({ classes: corpus.classes, train, test }, options, place, kept);
  }

  /** How many documents are learned from. */
  get learned(): number {
    return this.#corpus.train.length;
  }

  /** How many documents are held out. */
  get heldOut(): number {
    return this.#corpus.test.length;
  }

  /**
   * Trains by a setting, or takes what came of it before.
   *
   * @param setting What is other than usual.
   * @param seed Where all randomness starts, of word vectors, too.
   */
  async measure(setting: Setting, seed: number): Promise<Measured> {
    const { architecture } = this.#options;
    const { norm = RECURRENT_NORM, ...other } = setting;
    const hyperparameters = readRecurrentHyperparameters({
      ...recurrentRecipe(this.#corpus.train, this.#options.reading !== undefined),
      cell: architecture === "gru" ? "gru" : "lstm",
      bidirectional: architecture === "bilstm",
      ...other,
    });
    const task = JSON.stringify([await this.#vectorsName(seed), norm, hyperparameters, seed]);
    const known = this.#kept.get(task);
    if (known) return known;
    const measured = await this.#train(task, settingName(setting), norm, hyperparameters, seed);
    this.#kept.add(task, measured);
    return measured;
  }

  async #vectors(seed: number): Promise<NamedVectors> {
    const context = { ...this.#options, recipe: recipeFor(this.#corpus.train), seed };
    return (await getVectors(this.#corpus, this.#options.vectors, context, () => {})).vectors;
  }

  /** What word vectors are known by: those of a file by what is in it, as another may take its place. */
  async #vectorsName(seed: number): Promise<string> {
    const { vectors: spec, reading } = this.#options;
    if (readVectorSpec(spec).file === undefined) return spec;
    const known = this.#digests.get(seed);
    if (known !== undefined) return known;
    const about = { seed, ...(reading && { reading }) };
    const digest = vectorsKey(["word vectors"], this.#corpus, await this.#vectors(seed), about);
    this.#digests.set(seed, digest);
    return digest;
  }

  async #train(
    task: string,
    name: string,
    norm: number,
    hyperparameters: RecurrentHyperparameters,
    seed: number,
  ): Promise<Measured> {
    const { classes, train, test } = this.#corpus;
    const { workers, onProgress } = this.#options;
    const words = await this.#vectors(seed);
    const { vocabulary, rowsOf } = rowsFor(words);
    const digest = createHash("sha256").update(task).digest("hex").slice(0, 20);
    const checkpoint = `${this.#place}-${digest}.checkpoint`;
    const { history } = await trainRecurrent({
      ...{ classes, vocabulary, hyperparameters, seed, checkpoint, threads: workers },
      vectors: plainVectors(scaledToNorm(words, norm), words.dimensions),
      documents: train.map(rowsOf),
      heldOut: test.map(rowsOf),
      onProgress: (progress) => onProgress({ ...progress, task: `${name}, seed ${seed}` }),
    });
    await Deno.remove(checkpoint).catch(() => {});
    return { accuracies: history.map(({ heldOut }) => heldOut!.accuracy) };
  }

  /** Closes the file. */
  [Symbol.dispose](): void {
    this.#kept[Symbol.dispose]();
  }
}
