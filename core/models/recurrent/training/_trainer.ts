import { Team } from "../../../workers/mod.ts";
import type { Random } from "../../../random.ts";
import type { EmbeddingTable } from "../../embedding_table.ts";
import type { LabelledRows, Metrics } from "../../word_cnn/training/labelled_rows.ts";
import type { RecurrentShape, RecurrentWeights } from "../parameters.ts";
import { Batch } from "./_batch.ts";
import type { RecurrentHyperparameters } from "./hyperparameters.ts";
import { RecurrentKernels } from "./kernels/kernels.ts";
import { type Layout, layOut, PART } from "./_memory.ts";
import { SETTINGS, STEPS, type StepSetup } from "./_setup.ts";
import { RecurrentSteps } from "./_steps.ts";
import { padded, unpadded } from "./_weights.ts";

/** What Adam adds to the root of the mean square. */
const EPSILON = 1e-7;
/** Sets of as many numbers as there are weights: all that the next step depends on. */
const SETS = ["weights", "mean", "square"] as const;

/** Sums over documents. */
interface Judged {
  readonly correct: number;
  readonly loss: number;
}

/** The state of a training run, on the memory of the kernels, and the threads that work on it. */
export class RecurrentTrainer {
  readonly #kernels: RecurrentKernels;
  readonly #layout: Layout;
  readonly #shape: RecurrentShape;
  readonly #hyperparameters: RecurrentHyperparameters;
  readonly #batch: Batch;
  readonly #settings = new Float64Array(
    new SharedArrayBuffer(8 * Object.keys(SETTINGS).length),
  );
  readonly #next = new Int32Array(new SharedArrayBuffer(4));
  #steps!: RecurrentSteps;
  #team!: Team<StepSetup>;

  private constructor(
    kernels: RecurrentKernels,
    vectors: EmbeddingTable,
    shape: RecurrentShape,
    hyperparameters: RecurrentHyperparameters,
    members: number,
  ) {
    this.#kernels = kernels;
    this.#shape = shape;
    this.#hyperparameters = hyperparameters;
    const { batch, window, words } = hyperparameters;
    this.#layout = layOut(kernels, {
      ...shape,
      words: vectors.size,
      batch,
      window,
      longest: Math.max(window, words),
      members,
    });
    this.#batch = new Batch(kernels, this.#layout, vectors.size, hyperparameters);
    const { sizes: { depth }, vectors: start } = this.#layout;
    const { float32 } = kernels;
    for (let row = 0; row <= vectors.size; row++) {
      const at = start / 4 + row * depth;
      if (row < vectors.size) vectors.copyRow(row, float32, at);
      float32[at + shape.dimensions] = 1;
    }
  }

  /** Starts the threads. */
  static async start(
    vectors: EmbeddingTable,
    shape: RecurrentShape,
    hyperparameters: RecurrentHyperparameters,
    threads: number,
  ): Promise<RecurrentTrainer> {
    const kernels = new RecurrentKernels();
    const members = kernels.handle ? threads : 1;
    const trainer = new RecurrentTrainer(kernels, vectors, shape, hyperparameters, members);
    const setup: StepSetup = {
      handle: kernels.handle,
      layout: trainer.#layout,
      hyperparameters,
      settings: trainer.#settings,
      next: trainer.#next,
    };
    const steps = trainer.#steps = new RecurrentSteps(kernels, setup);
    const script = new URL("./_training_worker.ts", import.meta.url);
    trainer.#team = await Team.start(members, script, setup, (rank) => steps.run(rank));
    return trainer;
  }

  /** Ends the threads. */
  stop(): void {
    this.#team.stop();
  }

  #set(name: typeof SETS[number] | "gradient"): Float32Array {
    const start = this.#layout[name] / 4;
    return this.#kernels.float32.subarray(start, start + this.#layout.places.length);
  }

  /** How many numbers a set of the state has. */
  get length(): number {
    return this.#layout.places.length;
  }

  /** Everything that the next step depends on beside the random numbers: weights and Adam's means. */
  get state(): Float32Array[] {
    return SETS.map((name) => this.#set(name).slice());
  }

  set state(state: readonly Float32Array[]) {
    SETS.forEach((name, i) => this.#set(name).set(state[i]!));
  }

  /** The weights. */
  get weights(): RecurrentWeights {
    return unpadded(this.#shape, this.#set("weights"));
  }

  set weights(weights: RecurrentWeights) {
    const zeros = new Float32Array(this.length);
    this.state = [padded(this.#shape, weights), zeros, zeros];
  }

  #step(step: number): void {
    const settings = this.#settings;
    settings[SETTINGS.documents] = this.#batch.documents.length;
    settings[SETTINGS.words] = this.#batch.words;
    settings[SETTINGS.parts] = this.#batch.parts;
    settings[SETTINGS.rows] = this.#batch.rows;
    settings[SETTINGS.step] = step;
    this.#next[0] = 0;
    this.#team.step();
  }

  /** How many documents of the batch are classified correctly, and the sum of their losses. */
  #judge(): Judged {
    const { scores, losses, sizes: { classes } } = this.#layout;
    const { float32 } = this.#kernels;
    let [correct, loss] = [0, 0];
    this.#batch.documents.forEach(({ label }, i) => {
      const own = float32.subarray(scores / 4 + i * classes, scores / 4 + (i + 1) * classes);
      if (own.indexOf(Math.max(...own)) === label) correct++;
      loss += float32[losses / 4 + i]!;
    });
    return { correct, loss };
  }

  /** Computes the gradient of the mean loss of some documents. */
  #learnFrom(documents: readonly LabelledRows[], randoms: readonly Random[]): Judged {
    this.#settings[SETTINGS.learns] = 1;
    this.#batch.load(documents, randoms);
    for (const step of [STEPS.project, STEPS.documents, STEPS.words, STEPS.gradient]) {
      this.#step(step);
    }
    return this.#judge();
  }

  /**
   * The gradient of the mean loss of some documents, and the loss itself.
   *
   * @param documents The documents, at most as many as a step takes.
   * @param randoms For each its random numbers.
   */
  gradient(
    documents: readonly LabelledRows[],
    randoms: readonly Random[],
  ): { readonly gradient: RecurrentWeights; readonly loss: number } {
    const { loss } = this.#learnFrom(documents, randoms);
    return {
      gradient: unpadded(this.#shape, this.#set("gradient")),
      loss: loss / documents.length,
    };
  }

  /** One step of the descent, clipped; `step` counts from 1. */
  #descend(step: number, rate: number): void {
    const { clip, beta1, beta2 } = this.#hyperparameters;
    const norm = this.#steps.gradientNorm();
    if (!Number.isFinite(norm)) {
      throw new RangeError(
        "Cannot train: the gradient is not finite; word vectors may be too large",
      );
    }
    // m / (1 − β₁ᵗ) over √(v / (1 − β₂ᵗ)) + ε, with both corrections taken out of the fraction.
    const root = Math.sqrt(1 - beta2 ** step);
    this.#settings[SETTINGS.scale] = Math.min(1, clip / norm);
    this.#settings[SETTINGS.rate] = rate * root / (1 - beta1 ** step);
    this.#settings[SETTINGS.epsilon] = EPSILON * root;
    this.#step(STEPS.update);
  }

  /**
   * Goes once through the documents.
   *
   * @param documents The documents.
   * @param epoch Which epoch, from 0.
   * @param random The random numbers of this epoch alone.
   * @param onBatch Called after each batch with the number of documents done and the quality so far.
   */
  async epoch(
    documents: readonly LabelledRows[],
    epoch: number,
    random: Random,
    onBatch: (done: number, quality: Metrics) => void | Promise<void>,
  ): Promise<Metrics> {
    const { batch, rate, epochs } = this.#hyperparameters;
    const order = random.fork(0).shuffle(Int32Array.from(documents, (_, i) => i));
    const batches = Math.ceil(order.length / batch);
    let [correct, loss, done] = [0, 0, 0];
    for (let b = 0; b < batches; b++) {
      const part = order.slice(b * batch, (b + 1) * batch);
      // What is drawn for a document depends on the epoch and on it alone.
      const randoms = [...part].map((i) => random.fork(i + 1));
      const judged = this.#learnFrom([...part].map((i) => documents[i]!), randoms);
      const fallen = 0.5 * (1 + Math.cos(Math.PI * (epoch + b / batches) / epochs));
      this.#descend(epoch * batches + b + 1, rate * fallen);
      correct += judged.correct;
      loss += judged.loss;
      done += part.length;
      await onBatch(done, { loss: loss / done, accuracy: correct / done });
    }
    return { loss: loss / done, accuracy: correct / done };
  }

  /** Classifies documents with the weights as they are. */
  evaluate(documents: readonly LabelledRows[]): Metrics {
    const { batch, words } = this.#hyperparameters;
    this.#settings[SETTINGS.learns] = 0;
    const byLength = documents.toSorted((a, b) => b.rows.length - a.rows.length);
    let [correct, loss] = [0, 0];
    for (let start = 0, count = 0; start < byLength.length; start += count) {
      const longest = Math.max(1, Math.min(words, byLength[start]!.rows.length));
      const parts = Math.floor(this.#layout.maxRows / (PART * longest));
      count = Math.min(Math.ceil(batch / PART), parts) * PART;
      this.#batch.load(byLength.slice(start, start + count));
      this.#step(STEPS.project);
      this.#step(STEPS.documents);
      const judged = this.#judge();
      correct += judged.correct;
      loss += judged.loss;
    }
    return { loss: loss / documents.length, accuracy: correct / documents.length };
  }
}
