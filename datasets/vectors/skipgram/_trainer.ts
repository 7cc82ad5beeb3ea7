import { Team } from "@heatword/core/workers";
import { aliasCells, chancesToStay, noiseChances, thresholds } from "./_chances.ts";
import type { NumberedText } from "../numbered_text.ts";
import { type PartSetup, PartSteps, randomOf, SETTINGS, STEPS } from "./_part_steps.ts";
import { divide } from "./_division.ts";
import { skipgramModule, startKernels } from "./kernels/kernels.ts";
import { layOut, type SkipgramLayout } from "./memory.ts";
import type { SkipgramOptions } from "./options.ts";

/** A place in the training: so many epochs and so many rounds of the next one are done. */
export interface Place {
  /** Epochs that are done. */
  readonly epoch: number;
  /** Rounds of the epoch that are done. */
  readonly round: number;
}

/** What a round found. */
export interface Round extends Place {
  /** Epochs that are done, with the part of the one that is not. */
  readonly done: number;
  /** Sum of the losses of some pairs, before they were learned from. */
  readonly loss: number;
  /** How many pairs. */
  readonly pairs: number;
}

/** The state of a training, and the threads that work on it. */
export class SkipgramTrainer {
  /** What is trained and by what numbers. */
  readonly setup: PartSetup;
  readonly #layout: SkipgramLayout;
  readonly #team: Team<PartSetup>;
  readonly #texts: number;
  readonly #order: Uint32Array;

  private constructor(setup: PartSetup, team: Team<PartSetup>) {
    this.setup = setup;
    this.#layout = setup.layout;
    this.#team = team;
    this.#texts = setup.size.texts;
    this.#order = new Uint32Array(setup.memory.buffer, setup.layout.order, this.#texts);
  }

  /** Puts the text into memory and starts the threads. */
  static async start(
    text: NumberedText,
    options: Required<SkipgramOptions>,
    workers: number,
  ): Promise<SkipgramTrainer> {
    const { dimensions, window, negatives, subsample, epochs, learningRate, seed } = options;
    const chances = chancesToStay(text.counts, subsample);
    const noise = noiseChances(text.counts);
    const { parts, places, drawn } = divide(text.counts, chances, noise, negatives);
    const size = {
      words: text.words.length,
      length: text.numbers.length,
      texts: text.starts.length - 1,
      dimensions,
      window,
      negatives,
      parts,
      places,
      drawn,
      workers: Math.min(workers, parts),
    };
    const layout = layOut(size);
    const pages = Math.ceil(layout.bytes / 65536);
    const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
    const { buffer } = memory;
    const put = (address: number, numbers: Uint32Array) =>
      new Uint32Array(buffer, address, numbers.length).set(numbers);
    put(layout.numbers, text.numbers);
    put(layout.starts, text.starts);
    put(layout.chances, thresholds(chances));
    put(layout.noise, aliasCells(noise));
    const shared = (count: number) => new Float64Array(new SharedArrayBuffer(8 * count));
    const setup: PartSetup = {
      module: skipgramModule(),
      memory,
      layout,
      size,
      epochs,
      learningRate,
      seed,
      settings: shared(Object.keys(SETTINGS).length),
      next: new Int32Array(new SharedArrayBuffer(4)),
      losses: shared(2 * parts),
    };
    const steps = new PartSteps(setup);
    const script = new URL("./_part_worker.ts", import.meta.url);
    const team = await Team.start(
      size.workers,
      script,
      setup,
      (rank, members) => steps.run(rank, members),
    );
    return new SkipgramTrainer(setup, team);
  }

  /** Ends the threads. */
  stop(): void {
    this.#team.stop();
  }

  /** All rows as bytes: those of contexts, which become the vectors, then those of outputs. */
  get table(): Uint8Array {
    const { memory, size: { words } } = this.setup;
    const { table, rowBytes } = this.#layout;
    return new Uint8Array(memory.buffer, table, 2 * words * rowBytes);
  }

  /** A row of the table: of a word as a context, or V rows later as an output, `[D]`. */
  row(index: number): Float32Array {
    const { memory, size: { dimensions } } = this.setup;
    const { table, rowBytes } = this.#layout;
    return new Float32Array(memory.buffer, table + index * rowBytes, dimensions);
  }

  /** The vectors as they are now, `[V, D]`. */
  vectors(): Float32Array {
    const { words, dimensions } = this.setup.size;
    const matrix = new Float32Array(words * dimensions);
    for (let row = 0; row < words; row++) matrix.set(this.row(row), row * dimensions);
    return matrix;
  }

  /** Draws the first vectors: from −1/D to 1/D; outputs start at zero. */
  initialize(): void {
    const { size: { words, dimensions }, seed } = this.setup;
    const random = randomOf(seed, -1);
    for (let row = 0; row < words; row++) {
      const vector = this.row(row);
      for (let d = 0; d < dimensions; d++) vector[d] = (2 * random.uniform() - 1) / dimensions;
    }
  }

  /** Shuffles the texts of an epoch and leaves out frequent words; how many rounds that makes. */
  #prepare(epoch: number): number {
    const { setup: { module, memory, settings, size, seed } } = this;
    const layout = this.#layout;
    const random = randomOf(seed, epoch).fork(0);
    for (let i = 0; i < this.#texts; i++) this.#order[i] = i;
    random.shuffle(this.#order);
    const length = startKernels(module, memory).subsample(
      layout.numbers,
      layout.starts,
      layout.order,
      this.#texts,
      layout.chances,
      layout.kept,
      random.state,
    );
    settings[SETTINGS.epoch] = epoch;
    settings[SETTINGS.length] = length;
    return Math.ceil(length / (size.parts * size.places));
  }

  #step(step: number): void {
    this.setup.settings[SETTINGS.step] = step;
    this.setup.next[0] = 0;
    this.#team.step();
  }

  /**
   * Trains on from a place.
   *
   * @param place Where the rows of the table are now.
   */
  *rounds(place: Place): Generator<Round> {
    const { epochs, losses, settings } = this.setup;
    let start = place.round;
    for (let epoch = place.epoch; epoch < epochs; epoch++) {
      const rounds = this.#prepare(epoch);
      for (let round = start; round < rounds; round++) {
        settings[SETTINGS.round] = round;
        this.#step(STEPS.learn);
        this.#step(STEPS.merge);
        let [loss, pairs] = [0, 0];
        for (let part = 0; part < losses.length; part += 2) {
          pairs += losses[part + 1]!;
          loss += losses[part]!;
        }
        const done = epoch + (round + 1) / rounds;
        yield round + 1 < rounds
          ? { epoch, round: round + 1, done, loss, pairs }
          : { epoch: epoch + 1, round: 0, done, loss, pairs };
      }
      start = 0;
    }
  }
}
