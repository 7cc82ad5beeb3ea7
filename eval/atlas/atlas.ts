import {
  type Document,
  explainAll,
  finiteScores,
  getExplainer,
  type Input,
  isMaxPooled,
  type Model,
  type OnProgress,
  signedOf,
  type VectorInput,
} from "@heatword/core";
import { predictedClass } from "../classification/predicted_class.ts";
import { hasDetail } from "../explanations/explanations.ts";
import { ExampleCollector } from "./_example_collector.ts";
import type { Atlas, AtlasRank, AtlasWord } from "./atlas_types.ts";
import { FilterWins } from "./_filter_wins.ts";
import { WordSums } from "./_word_sums.ts";
import { type Excerpt, excerptAround } from "./excerpt.ts";

/** Options of {@linkcode makeAtlas}. */
export interface AtlasOptions {
  /** The explainer; it must be registered. @default {"lrp"} */
  readonly explainer?: string;
  /**
   * What ranks words. By `total`, frequent words come first however little each of them adds; by `mean`
   * it is the end of the 95 % interval of the mean that is nearer to zero, so that neither frequent
   * words nor rare ones of chance do. @default {"mean"}
   */
  readonly rank?: AtlasRank;
  /** How many words for, and how many against, each class. @default {30} */
  readonly words?: number;
  /** How many example sentences a word. @default {3} */
  readonly examples?: number;
  /** In how many documents a word must stand to be listed. @default {5} */
  readonly minDocuments?: number;
  /** How many n-grams a filter, of both kinds. @default {10} */
  readonly ngrams?: number;
  /** How many documents a filter. @default {5} */
  readonly documents?: number;
  /**
   * Finds the sentence around a word.
   *
   * @default {excerptAround}
   */
  readonly excerpt?: (document: Document, token: number) => Excerpt;
  /** Called with progress. */
  readonly onProgress?: OnProgress;
}

/** Gives the documents of a corpus, the same ones in the same order each time. */
export type DocumentSource = () => Iterable<Document> | AsyncIterable<Document>;

/**
 * The name that each word is counted under, of padding too; undefined for words that the model does
 * not know.
 */
function namesOf(model: Model, { tokens }: Document, input: Input): (string | undefined)[] {
  const known = model.knownWords?.(input);
  return Array.from(
    { length: Math.max(tokens.length, input.length) },
    (_, t) => known ? known[t] : tokens[t]?.text.toLowerCase(),
  );
}

/** A document at work. */
interface Seen {
  readonly document: Document;
  readonly index: number;
  readonly input: Input;
  /** The name of each token. */
  readonly names: readonly (string | undefined)[];
  /** The name of each position of the input. */
  readonly positions: readonly (string | undefined)[];
  /** Relevance of each word for each class, [C] of shape [T]. */
  relevances(): Promise<readonly Float64Array[]>;
}

async function eachDocument(
  model: Model,
  source: DocumentSource,
  explainer: string,
  see: (seen: Seen) => Promise<void>,
  onDone: (done: number) => void,
): Promise<void> {
  const method = getExplainer(explainer);
  const options = hasDetail(method) ? { detail: "words" } : {};
  const targets = model.classes.map((_, c) => c);
  let index = 0;
  for await (const document of source()) {
    const input = model.encode(document);
    const positions = namesOf(model, document, input);
    await see({
      document,
      index,
      input,
      names: positions.slice(0, document.tokens.length),
      positions,
      async relevances() {
        const found = await explainAll(method, model, input, targets, options);
        return found.map(({ words }) => words);
      },
    });
    onDone(++index);
  }
}

/**
 * Sums up what a model looks at over a corpus: for every class the words with the most relevance
 * for and against it, with sentences; for every filter of a max-pooled
 * convolution the n-grams that it wins on.
 *
 * Every document is explained for every class, so a total tells what a word adds to the score of the
 * class wherever it stands, in documents of other classes too. The documents are streamed twice, the
 * second time for the sentences and the counts of the n-grams; what is kept grows with the number of
 * distinct words, not with the corpus.
 *
 * @param model The model.
 * @param documents Gives the documents.
 * @param options What to list.
 * @returns The atlas; the same for the same model and documents.
 * @throws {RangeError} If there is no such explainer, or no document.
 *
 * @example
 * ```ts
 * import { makeAtlas } from "@heatword/eval/atlas";
 * import { miniModel } from "@heatword/explainers/check";
 * import "@heatword/explainers/lrp";
 * import { assertEquals } from "@std/assert";
 *
 * const document = (text: string) => ({
 *   text,
 *   tokens: [...text.matchAll(/\w+/g)].map(({ 0: word, index }) => (
 *     { text: word, start: index, end: index + word.length }
 *   )),
 * });
 * const corpus = ["red green", "green blue green"].map(document);
 * const atlas = await makeAtlas(miniModel(), () => corpus, { minDocuments: 1 });
 * assertEquals([atlas.documents, atlas.tokens], [2, 5]);
 * ```
 */
export async function makeAtlas(
  model: Model,
  documents: DocumentSource,
  options: AtlasOptions = {},
): Promise<Atlas> {
  const { explainer = "lrp", words = 30, minDocuments = 5, rank = "mean", onProgress } = options;
  const classes = model.classes.length;
  const sums = new WordSums(classes);
  const wins = isMaxPooled(model)
    ? new FilterWins(model, options.ngrams ?? 10, options.documents ?? 5)
    : undefined;
  const labelled = new Map<string, number>();
  const predicted = new Uint32Array(classes);
  let total = 0;

  await eachDocument(model, documents, explainer, async (seen) => {
    const { document, names, input } = seen;
    const { id, label } = document;
    const scores = finiteScores(await model.scores(input), model.classes, id && `the text "${id}"`);
    predicted[predictedClass(scores)]!++;
    sums.add(names, await seen.relevances());
    wins?.add(document, input as VectorInput, seen.positions);
    if (label !== undefined) labelled.set(label, (labelled.get(label) ?? 0) + 1);
  }, (done) => {
    total = done;
    onProgress?.({ task: "Explaining the corpus", done, unit: "documents" });
  });
  if (total === 0) throw new RangeError("Cannot make an atlas: there is no document");

  const ranked = model.classes.map((_, c) => ({
    for: sums.top(c, 1, words, minDocuments, rank),
    against: sums.top(c, -1, words, minDocuments, rank),
  }));
  const collector = new ExampleCollector(ranked, options.examples ?? 3);
  const excerpt = options.excerpt ?? excerptAround;
  wins?.startCounting();
  await eachDocument(model, documents, explainer, async (seen) => {
    wins?.count(seen.input as VectorInput, seen.positions);
    if (!collector.wants(seen.names)) return;
    collector.add(seen.document, seen.names, await seen.relevances());
  }, (done) => onProgress?.({ task: "Collecting sentences", done, total, unit: "documents" }));

  const listed = (c: number, side: "for" | "against") =>
    ranked[c]![side].map((found): AtlasWord => ({
      ...found,
      examples: collector.examples(c, side, found.word, excerpt),
    }));
  return {
    explainer,
    rank,
    signed: signedOf(getExplainer(explainer)),
    classes: model.classes.map((name, c) => ({
      name,
      labelled: labelled.get(name) ?? 0,
      predicted: predicted[c]!,
      for: listed(c, "for"),
      against: listed(c, "against"),
    })),
    filters: wins?.filters(total) ?? [],
    documents: total,
    tokens: sums.tokens,
    minDocuments,
  };
}
