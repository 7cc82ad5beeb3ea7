import {
  type Hyperparameters,
  type LabelledRows,
  loadWordCnn,
  plainVectors,
  saveWordCnn,
  trainWordCnn,
  Vocabulary,
  type WordCnn,
} from "@heatword/core/word-cnn";
import {
  lowerCaseWords,
  readVectorSpec,
  resolveVectors,
  wantedForms,
} from "@heatword/datasets/vectors";
import type { NamedVectors } from "@heatword/datasets/vectors";
import { createHash, type Hash } from "node:crypto";
import { type CompactDocument, toDocument, type TrainingCorpus } from "@heatword/datasets/corpus";
import type { TrainingContext } from "./context.ts";
import { type ChosenModel, type EpochRecord, trainToChosenEpoch } from "./chosen_epoch.ts";

export type { Recipe, TrainingContext } from "./context.ts";

/** A classifier and how it came about. */
export type TrainedModel = ChosenModel<WordCnn, Hyperparameters>;
/** What is kept with a model of how it was trained. */
export type TrainingRecord = EpochRecord<Hyperparameters>;

function* documentsOf(compact: Iterable<CompactDocument>) {
  for (const document of compact) yield toDocument(document);
}

/**
 * Gets word vectors: trained on the training documents, out of the cache, or from a file, of which
 * only the words of the corpus are kept, those of its test and validation documents, too.
 */
export async function getVectors(
  corpus: TrainingCorpus,
  spec: string,
  context: TrainingContext,
  onNotice: (line: string) => void,
): Promise<{ vectors: NamedVectors; path: string }> {
  const { recipe, seed, workers, cache, onProgress } = context;
  return await resolveVectors(spec, {
    ...recipe.skipgram,
    seed,
    workers,
    cacheDir: cache,
    onProgress,
    onNotice: (note) => onNotice(`word vectors: ${note}`),
    texts: () => lowerCaseWords(documentsOf(corpus.train)),
    ...(readVectorSpec(spec).file !== undefined && {
      wanted: new Set([
        ...wantedForms(documentsOf(corpus.train)),
        ...wantedForms(documentsOf(corpus.validation ?? [])),
        ...wantedForms(documentsOf(corpus.test)),
      ]),
    }),
  });
}

/** Scales every vector to one norm; a zero vector stays. */
export function scaledToNorm({ matrix, dimensions }: NamedVectors, norm: number): Float32Array {
  const scaled = new Float32Array(matrix.length);
  for (let start = 0; start < matrix.length; start += dimensions) {
    let squares = 0;
    for (let d = 0; d < dimensions; d++) squares += matrix[start + d]! ** 2;
    const factor = squares === 0 ? 0 : norm / Math.sqrt(squares);
    for (let d = 0; d < dimensions; d++) scaled[start + d] = matrix[start + d]! * factor;
  }
  return scaled;
}

/**
 * Begins a digest of everything that shapes a model.
 *
 * @param about What it is, and its settings; any JSON.
 * @param corpus What it is trained on.
 * @param context Seed, and how texts become words.
 */
export function startDigest(
  about: readonly unknown[],
  corpus: TrainingCorpus,
  { seed, reading }: Pick<TrainingContext, "seed" | "reading">,
): Hash {
  const hash = createHash("sha256");
  hash.update(JSON.stringify([...about, seed, corpus.classes]));
  if (reading) hash.update(JSON.stringify(reading));
  for (const { label, words } of corpus.train) hash.update(`${label} ${words}\n`);
  if (corpus.validation) hash.update(`${corpus.validation.length} to choose by\n`);
  for (const { label, words } of corpus.validation ?? []) hash.update(`${label} ${words}\n`);
  return hash;
}

/** The first characters of a digest, as names of files have them. */
export function endDigest(hash: Hash): string {
  return hash.digest("hex").slice(0, 20);
}

/**
 * A digest of everything that shapes a model of word vectors.
 *
 * @param about What it is, and its settings; any JSON.
 * @param corpus What it is trained on.
 * @param vectors The word vectors.
 * @param context Seed, and how texts become words.
 */
export function vectorsKey(
  about: readonly unknown[],
  corpus: TrainingCorpus,
  vectors: NamedVectors,
  context: Pick<TrainingContext, "seed" | "reading">,
): string {
  const hash = startDigest(about, corpus, context);
  hash.update(vectors.words.join("\n"));
  hash.update(
    new Uint8Array(vectors.matrix.buffer, vectors.matrix.byteOffset, vectors.matrix.byteLength),
  );
  return endDigest(hash);
}

/** The words of vectors, and the rows of a document. */
export function rowsFor({ words }: NamedVectors): {
  readonly vocabulary: Vocabulary;
  readonly rowsOf: (document: CompactDocument) => LabelledRows;
} {
  const vocabulary = new Vocabulary(words);
  return {
    vocabulary,
    rowsOf: (document) => ({
      label: document.label,
      rows: Int32Array.from(toDocument(document).tokens, ({ text }) => vocabulary.row(text)),
    }),
  };
}

/**
 * Trains the classifier, or takes it out of the cache; see {@linkcode trainToChosenEpoch}.
 *
 * @param onNotice Called with whether the cache was used, and what was reached.
 */
export async function getModel(
  corpus: TrainingCorpus,
  words: NamedVectors,
  context: TrainingContext,
  onNotice: (text: string) => void,
): Promise<TrainedModel> {
  const { recipe: { hyperparameters, norm } } = context;
  const { vocabulary, rowsOf } = rowsFor(words);
  const vectors = plainVectors(scaledToNorm(words, norm), words.dimensions);
  return await trainToChosenEpoch(
    corpus,
    {
      kind: "word-cnn",
      key: vectorsKey(["word-cnn", 1, context.recipe], corpus, words, context),
      labelled: rowsOf,
      train: (training) => trainWordCnn({ ...training, vocabulary, vectors, hyperparameters }),
      load: loadWordCnn,
      save: saveWordCnn,
    },
    context,
    onNotice,
  );
}
