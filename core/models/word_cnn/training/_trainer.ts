import { Kernels } from "../kernels/mod.ts";
import { Team } from "../../../workers/mod.ts";
import type { Random } from "../../../random.ts";
import { Batch } from "./_batch.ts";
import {
  type Layout,
  layOut,
  readWeights,
  type WeightAddresses,
  writeWeights,
} from "./_training_memory.ts";
import { boundedPenalty } from "./_relevance_penalty.ts";
import { SETTINGS, STEPS, type StepSetup } from "./_step_setup.ts";
import { TrainingSteps } from "./_training_steps.ts";
import { WordRelevance } from "./_word_relevance.ts";
import { convolutionsFor, type Hyperparameters, learningRate } from "./hyperparameters.ts";
import type { LabelledRows, Metrics } from "./labelled_rows.ts";
import type { NetworkShape, NetworkWeights } from "../parameters.ts";
import { type EmbeddingTable, plainVectors, vectorsToArray } from "../../embedding_table.ts";

/** Documents classified together when nothing is learned. */
const EVALUATION_BATCH = 256;
const WEIGHT_SETS = ["weights", "velocity", "average"] as const;

/** The state of a training run, on the memory of the kernels, and the threads that work on it. */
export class Trainer {
  readonly #kernels: Kernels;
  readonly #layout: Layout;
  readonly #settings = new Float64Array(
    new SharedArrayBuffer(8 * Object.keys(SETTINGS).length),
  );
  readonly #next = new Int32Array(new SharedArrayBuffer(4));
  readonly #shape: NetworkShape;
  readonly #hyperparameters: Hyperparameters;
  readonly #vectors: EmbeddingTable;
  readonly #batch: Batch;
  /** How much the model leans on each word; absent where no dropout follows it. */
  readonly wordRelevance: WordRelevance | undefined;
  #team!: Team<StepSetup>;

  private constructor(
    kernels: Kernels,
    vectors: EmbeddingTable,
    classes: number,
    hyperparameters: Hyperparameters,
    threads: number,
  ) {
    const { filters, batch, window } = hyperparameters;
    const { vectorRate = 0, relevancePenalty = 0, guidedDropout = 0 } = hyperparameters;
    this.#kernels = kernels;
    this.#hyperparameters = hyperparameters;
    const convolutions = convolutionsFor(hyperparameters);
    this.#shape = { dimensions: vectors.dimensions, filters, classes, convolutions };
    this.#vectors = vectors;
    this.#layout = layOut(this.#kernels, {
      ...this.#shape,
      words: vectors.size,
      batch: Math.max(batch, EVALUATION_BATCH),
      window,
      members: threads,
      learnsVectors: vectorRate > 0,
      penalises: relevancePenalty > 0,
      guides: guidedDropout > 0,
    });
    if (guidedDropout > 0) this.wordRelevance = new WordRelevance(vectors.size);
    const { wordRelevance } = this;
    this.#batch = new Batch(kernels, this.#layout, vectors.size, hyperparameters, wordRelevance);
    const { float32 } = this.#kernels;
    for (let row = 0; row < vectors.size; row++) {
      vectors.copyRow(row, float32, this.#layout.vectors / 4 + row * this.#layout.depth);
    }
    this.classWeights = new Array(classes).fill(1);
  }

  /** How much a document of each class counts. */
  set classWeights(weights: readonly number[]) {
    this.#kernels.float32.set(weights, this.#layout.classWeights / 4);
  }

  /** Starts the threads. */
  static async start(
    vectors: EmbeddingTable,
    classes: number,
    hyperparameters: Hyperparameters,
    threads: number,
  ): Promise<Trainer> {
    const kernels = new Kernels();
    const members = kernels.handle ? threads : 1;
    const trainer = new Trainer(kernels, vectors, classes, hyperparameters, members);
    const setup: StepSetup = {
      handle: kernels.handle,
      layout: trainer.#layout,
      settings: trainer.#settings,
      next: trainer.#next,
    };
    const steps = new TrainingSteps(trainer.#kernels, setup);
    const part = (rank: number) => steps.run(rank);
    const script = new URL("./_training_worker.ts", import.meta.url);
    trainer.#team = await Team.start(members, script, setup, part);
    return trainer;
  }

  /** Ends the threads. */
  stop(): void {
    this.#team.stop();
  }

  /**
   * Draws the first weights (Glorot and Bengio 2010), or takes those that are given, and forgets all
   * velocity.
   */
  initialize(random: Random, start?: NetworkWeights): void {
    const { dimensions, filters, classes, convolutions } = this.#shape;
    const draw = (length: number, fan: number) => {
      const scale = Math.sqrt(6 / fan);
      return Float32Array.from({ length }, () => (2 * random.uniform() - 1) * scale);
    };
    const columns = convolutions!.map(({ width, filters }) =>
      draw(width * dimensions * filters, width * dimensions + filters)
    );
    const first: NetworkWeights = start ?? {
      convolutionWeights: Float32Array.from(columns.flatMap((values) => [...values])),
      convolutionBias: new Float32Array(filters),
      denseWeights: draw(filters * classes, filters + classes),
      denseBias: new Float32Array(classes),
    };
    const zeros = Object.entries(first).map(([name, { length }]) =>
      [name, new Float32Array(length)] as const
    );
    const velocity = Object.fromEntries(zeros) as unknown as NetworkWeights;
    this.state = { weights: first, average: first, velocity };
  }

  /** Everything that the next step depends on, beside the random numbers. */
  get state(): Record<typeof WEIGHT_SETS[number], NetworkWeights> {
    const read = (set: typeof WEIGHT_SETS[number]) => this.#read(this.#layout[set]);
    return { weights: read("weights"), velocity: read("velocity"), average: read("average") };
  }

  set state(state: Record<typeof WEIGHT_SETS[number], NetworkWeights>) {
    for (const set of WEIGHT_SETS) {
      writeWeights(this.#kernels, this.#layout, this.#layout[set], this.#shape, state[set]);
    }
  }

  /** The weights that the model has now: the average, if there is one. */
  get model(): NetworkWeights {
    return this.#read(this.#averages ? this.#layout.average : this.#layout.weights);
  }

  get #averages(): boolean {
    return this.#hyperparameters.averaging > 0;
  }

  #read(addresses: WeightAddresses): NetworkWeights {
    return readWeights(this.#kernels, this.#layout, addresses, this.#shape);
  }

  /** The word vectors that the model has now. */
  get vectors(): EmbeddingTable {
    if (!this.#layout.learnedVectors) return this.#vectors;
    const { size, dimensions } = this.#vectors;
    const { vectors, depth } = this.#layout;
    const { float32 } = this.#kernels;
    const values = new Float32Array(size * dimensions);
    for (let row = 0; row < size; row++) {
      const start = vectors / 4 + row * depth;
      values.set(float32.subarray(start, start + dimensions), row * dimensions);
    }
    return plainVectors(values, dimensions);
  }

  /** What the next step of the word vectors depends on: they, and the sums of their squared gradients. */
  get vectorState(): { readonly values: Float32Array; readonly squares: Float32Array } | undefined {
    const learned = this.#layout.learnedVectors;
    if (!learned) return undefined;
    const { size } = this.#vectors;
    const squares = this.#kernels.float32.slice(learned.squares / 4, learned.squares / 4 + size);
    return { values: Float32Array.from(vectorsToArray(this.vectors)), squares };
  }

  set vectorState(state) {
    if (!state) return;
    const { vectors, depth, learnedVectors } = this.#layout;
    const { dimensions } = this.#vectors;
    const { float32 } = this.#kernels;
    float32.set(state.squares, learnedVectors!.squares / 4);
    for (let row = 0; row < state.squares.length; row++) {
      const values = state.values.subarray(row * dimensions, (row + 1) * dimensions);
      float32.set(values, vectors / 4 + row * depth);
    }
  }

  #step(step: number): void {
    this.#settings[SETTINGS.words] = this.#batch.words;
    this.#settings[SETTINGS.documents] = this.#batch.documents;
    this.#settings[SETTINGS.step] = step;
    this.#next[0] = 0;
    this.#team.step();
  }

  /** How many documents of the batch are classified correctly, and the sum of their losses. */
  #judge(documents: readonly LabelledRows[]): { correct: number; loss: number } {
    const { scores, classes, realClasses, losses } = this.#layout;
    const { float32 } = this.#kernels;
    let correct = 0;
    let loss = 0;
    documents.forEach(({ label }, i) => {
      const start = scores / 4 + i * classes;
      let best = 0;
      for (let c = 1; c < realClasses; c++) {
        if (float32[start + c]! > float32[start + best]!) best = c;
      }
      if (best === label) correct++;
      loss += float32[losses / 4 + i]!;
    });
    return { correct, loss };
  }

  /** Draws which filters are left out for which document; the others are scaled up. */
  #drawMask(documents: number, random: Random): void {
    const { mask, filters, places } = this.#layout;
    const { float32 } = this.#kernels;
    const { dropout } = this.#hyperparameters;
    const scale = 1 / (1 - dropout);
    for (let i = 0; i < documents; i++) {
      const start = mask / 4 + i * filters;
      for (const f of places) {
        float32[start + f] = dropout > 0 && random.uniform() < dropout ? 0 : scale;
      }
    }
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
    const { batch, momentum, l2, averaging, labelSmoothing, vectorRate = 0, rate } =
      this.#hyperparameters;
    const { relevancePenalty = 0 } = this.#hyperparameters;
    const order = random.shuffle(Int32Array.from(documents, (_, i) => i));
    const settings = this.#settings;
    settings[SETTINGS.averaged] = 0;
    settings[SETTINGS.momentum] = momentum;
    settings[SETTINGS.penalty] = l2;
    settings[SETTINGS.smoothing] = labelSmoothing;
    this.#step(STEPS.pack);
    let [correct, loss, done] = [0, 0, 0];
    const batches = Math.ceil(order.length / batch);
    for (let b = 0; b < batches; b++) {
      const part = [...order.subarray(b * batch, (b + 1) * batch)].map((i) => documents[i]!);
      this.#batch.load(part, random);
      this.#drawMask(part.length, random);
      settings[SETTINGS.rate] = learningRate(this.#hyperparameters, epoch, b / batches);
      settings[SETTINGS.vectorRate] = settings[SETTINGS.rate]! / rate * vectorRate;
      // The average follows the weights closely at first, and slower the more there is to average.
      const steps = epoch * batches + b + 1;
      settings[SETTINGS.blend] = this.#averages ? Math.max(1 - averaging, 1 / steps) : 0;
      this.#step(STEPS.filters);
      this.#step(STEPS.documents);
      this.wordRelevance?.add(this.#kernels, this.#layout, part.length);
      if (relevancePenalty > 0) {
        settings[SETTINGS.relevancePenalty] = boundedPenalty(
          this.#kernels,
          this.#layout,
          part.length,
          relevancePenalty,
          settings[SETTINGS.rate]!,
        );
        if (vectorRate > 0) this.#step(STEPS.marks);
      }
      this.#step(STEPS.update);
      if (vectorRate > 0) this.#step(STEPS.words);
      const result = this.#judge(part);
      correct += result.correct;
      loss += result.loss;
      done += part.length;
      await onBatch(done, { loss: loss / done, accuracy: correct / done });
    }
    this.wordRelevance?.endEpoch();
    return { loss: loss / done, accuracy: correct / done };
  }

  /** Classifies documents with the weights that the model has now. */
  evaluate(documents: readonly LabelledRows[]): Metrics {
    this.#settings[SETTINGS.averaged] = this.#averages ? 1 : 0;
    this.#step(STEPS.pack);
    const { mask, filters } = this.#layout;
    this.#kernels.float32.fill(1, mask / 4, mask / 4 + EVALUATION_BATCH * filters);
    let [correct, loss] = [0, 0];
    for (let start = 0; start < documents.length; start += EVALUATION_BATCH) {
      const part = documents.slice(start, start + EVALUATION_BATCH);
      this.#batch.load(part);
      this.#step(STEPS.filters);
      this.#step(STEPS.dense);
      const result = this.#judge(part);
      correct += result.correct;
      loss += result.loss;
    }
    return { loss: loss / documents.length, accuracy: correct / documents.length };
  }
}
