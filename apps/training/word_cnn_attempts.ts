import { openReader, Random } from "@heatword/core";
import { plainVectors, type TrainResult, trainWordCnn, Vocabulary } from "@heatword/core/word-cnn";
import { type CompactDocument, toDocument, type TrainingCorpus } from "@heatword/datasets/corpus";
import { NamedVectors } from "@heatword/datasets/vectors";
import { getVectors, scaledToNorm, type TrainingContext } from "./model.ts";
import { OWN_DIMENSIONS, type VectorStart, type WordCnnChoice } from "./word_cnn_choices.ts";

/** A word that the training documents have less often gets no vector. */
const MIN_COUNT = 2;

/** Vectors that say nothing of the words: one is drawn for each. */
function randomVectors(
  { train }: TrainingCorpus,
  seed: number,
  dimensions: number,
): NamedVectors {
  const counts = new Map<string, number>();
  for (const document of train) {
    for (const { text } of toDocument(document).tokens) {
      const word = text.toLowerCase();
      counts.set(word, (counts.get(word) ?? 0) + 1);
    }
  }
  const words = [...counts].filter(([, count]) => count >= MIN_COUNT).map(([word]) => word);
  if (words.length === 0) throw new RangeError("Cannot train: no word is in the texts twice");
  const random = new Random(seed);
  const length = words.length * dimensions;
  return new NamedVectors(words, Float32Array.from({ length }, () => random.normal()), dimensions);
}

/** Trains word-CNNs for own texts, one after the other, each as it is told. */
export class Attempts {
  readonly #corpus: TrainingCorpus;
  readonly #context: TrainingContext;
  readonly #vectors: string;
  readonly #onNotice: (line: string) => void;
  readonly #dimensions: number;
  readonly #starts = new Map<VectorStart, NamedVectors>();

  constructor(
    corpus: TrainingCorpus,
    context: TrainingContext,
    vectors: string,
    onNotice: (line: string) => void,
    dimensions = OWN_DIMENSIONS,
  ) {
    this.#dimensions = dimensions;
    this.#corpus = corpus;
    this.#context = context;
    this.#vectors = vectors;
    this.#onNotice = onNotice;
  }

  /** The vectors that a choice starts with, not yet scaled. */
  async start(start: VectorStart): Promise<NamedVectors> {
    const known = this.#starts.get(start);
    if (known) return known;
    const { recipe: { skipgram, ...recipe }, ...context } = this.#context;
    const own = { ...recipe, skipgram: { ...skipgram, dimensions: OWN_DIMENSIONS } };
    const vectors = start === "random"
      ? randomVectors(this.#corpus, context.seed, this.#dimensions)
      : (await getVectors(
        this.#corpus,
        this.#vectors,
        { ...context, recipe: own },
        this.#onNotice,
      )).vectors;
    this.#starts.set(start, vectors);
    return vectors;
  }

  /**
   * Trains a word-CNN.
   *
   * @param choice How.
   * @param learned The documents to learn from.
   * @param heldOut The documents to choose the epoch by.
   * @param task What progress is called.
   * @param lastEpoch Where to stop.
   */
  async train(
    choice: WordCnnChoice,
    learned: readonly CompactDocument[],
    heldOut: readonly CompactDocument[],
    task: string,
    lastEpoch?: number,
  ): Promise<TrainResult> {
    const { seed, workers, onProgress, reading } = this.#context;
    const words = await this.start(choice.start);
    const vocabulary = new Vocabulary(words.words);
    const rowsOf = (document: CompactDocument) => ({
      label: document.label,
      rows: Int32Array.from(toDocument(document).tokens, ({ text }) => vocabulary.row(text)),
    });
    return await trainWordCnn({
      classes: this.#corpus.classes,
      vocabulary,
      vectors: plainVectors(scaledToNorm(words, choice.norm), words.dimensions),
      hyperparameters: choice.hyperparameters,
      seed,
      threads: workers,
      reader: await openReader(reading!),
      documents: learned.map(rowsOf),
      heldOut: heldOut.map(rowsOf),
      onProgress: (progress) => onProgress({ ...progress, task }),
      ...(lastEpoch !== undefined && { lastEpoch }),
    });
  }
}
