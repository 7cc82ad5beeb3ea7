import {
  cutSpan,
  type Document,
  explainAll,
  finiteScores,
  getExplainer,
  type Input,
  listExplainers,
  type Model,
  readOptions,
  reasonAgainst,
  type Relevance,
  signedOf,
  type Target,
  type TokenizerResources,
  unseenParts,
  wholeScores,
} from "@heatword/core";
import { fetchText, isRemote } from "@heatword/core/remote";
import "@heatword/datasets/tokenizers";
import { englishParameters, PunktParameters } from "@heatword/datasets/nltk";
import { explainDocument, unknownTokens } from "@heatword/eval/explanations";
import { resolveTargets } from "@heatword/eval/explanations";
import { leftOutNote } from "@heatword/eval/heatmap";
import { type Explanation, render } from "@heatword/eval/render";
import { deleteInOrders } from "@heatword/eval/deletion";
import { suitableExplainers } from "@heatword/eval/explanations";
import type { PunktTables } from "../_model_files.ts";
import type {
  Calls,
  Classified,
  Deletion,
  Explained,
  ModelFiles,
  ModelInfo,
  Question,
  TextState,
  WordRelevance,
  Words,
} from "./protocol.ts";

function readPunkt(tables: PunktTables | null): PunktParameters {
  if (tables === null) return englishParameters();
  const parameters = new PunktParameters();
  for (const type of tables.abbreviations) parameters.abbrevTypes.add(type);
  for (const [first, second] of tables.collocations) parameters.addCollocation(first, second);
  for (const type of tables.starters) parameters.sentStarters.add(type);
  for (const [type, flags] of tables.contexts) parameters.addOrthoContext(type, flags);
  return parameters;
}

function wordsOf(document: Document, input: Input): Words {
  const { tokens, truncated = 0 } = document;
  const unknown = new Uint8Array(tokens.length);
  for (const t of unknownTokens(input, tokens.length)) unknown[t] = 1;
  const [start, end] = cutSpan(document);
  return {
    starts: Int32Array.from(tokens, ({ start }) => start),
    ends: Int32Array.from(tokens, ({ end }) => end),
    unknown,
    truncated,
    ...(end > start && { cut: end < document.text.length ? "start" : "end" }),
    unseen: unseenParts(document),
    leftOut: leftOutNote(document),
  };
}

/** The explainers that the two heatmaps begin with: the paper's two, or others that the model can do. */
function usualExplainers(model: Model): [first: string, second: string] {
  const [first] = suitableExplainers(["lrp"], model);
  const others = suitableExplainers(["sa", "lime"], model);
  const second = others.find(({ name }) => name !== first!.name) ?? first!;
  return [first!.name, second.name];
}

/** Words alone are shown, so no relevance for each number of each word is asked for. */
function wordOptions({ explainer, options }: Question) {
  const { options: specs } = getExplainer(explainer);
  return readOptions(specs, { ...("detail" in specs && { detail: "words" }), ...options });
}

function isSigned(question: Question): boolean {
  return signedOf(getExplainer(question.explainer), wordOptions(question));
}

/** Reads a model from the files of its folder, or has it from the page's server. */
export type ReadModel = (
  files: ModelFiles,
  resources: TokenizerResources,
  origin: string,
) => Promise<Model>;

/** How many answers of explainers are kept. */
const KEPT = 8;

/** A text as the model reads it. */
interface Read {
  readonly document: Document;
  readonly input: Input;
  readonly scores: Float64Array;
}

/** A model at work on one text after another. What it last did with a text is kept. */
export class Session {
  readonly #model: Model;
  readonly #kept = new Map<string, readonly Relevance[]>();
  #last: Read | undefined;

  private constructor(model: Model) {
    this.#model = model;
  }

  /**
   * Opens a model.
   *
   * @param read Reads the model from its files.
   * @param files The files of its folder.
   * @param punkt What Punkt knows; null for the built-in parameters.
   * @param origin The address of the page's server, without a path.
   * @throws {SyntaxError} If the model is damaged.
   */
  static async open(
    read: ReadModel,
    files: ModelFiles,
    punkt: PunktTables | null,
    origin: string = "",
  ) {
    return new Session(await read(files, { tables: { punkt: readPunkt(punkt) } }, origin));
  }

  /** What the page must know. */
  get info(): ModelInfo {
    return {
      classes: this.#model.classes,
      explainers: listExplainers()
        .filter((explainer) => reasonAgainst(explainer, this.#model) === undefined)
        .map(({ name, description, citation, tags, options }) => ({
          name,
          description,
          citation,
          tags,
          options,
        })),
      usual: usualExplainers(this.#model),
      notes: this.#model.notes ?? [],
      remote: isRemote(this.#model),
    };
  }

  async #read(text: string): Promise<Read> {
    await fetchText(this.#model, text);
    const document = this.#model.read(text);
    const input = this.#model.encode(document);
    return { document, input, scores: await this.#scores(input) };
  }

  async #scores(input: Input): Promise<Float64Array> {
    const scores = await wholeScores(this.#model, input);
    return Float64Array.from(finiteScores(scores, this.#model.classes));
  }

  async #text(text: string): Promise<Read> {
    if (this.#last?.document.text === text) return this.#last;
    return this.#last = await this.#read(text);
  }

  async #positions({ text, deleted }: TextState): Promise<number[]> {
    const starts = new Set(deleted);
    const { tokens } = (await this.#text(text)).document;
    return tokens.flatMap(({ start }, t) => starts.has(start) ? [t] : []);
  }

  async #input(state: TextState): Promise<Input> {
    const { input } = await this.#text(state.text);
    const positions = await this.#positions(state);
    return positions.length > 0 ? this.#model.withoutWords(input, positions) : input;
  }

  #target(name: string, scores: Float64Array) {
    return resolveTargets([name], this.#model.classes, scores)[0]!;
  }

  /** Scores of a text, now and with no word deleted. */
  async classify(state: TextState): Promise<Classified> {
    const { document, input, scores: whole } = await this.#text(state.text);
    const scores = state.deleted.length > 0
      ? await this.#scores(await this.#input(state))
      : whole.slice();
    return { ...wordsOf(document, input), scores, whole: whole.slice() };
  }

  /** What an explainer finds; the last answers are kept, as some take seconds. */
  async #found(
    question: Question,
    state: TextState,
    targets: readonly Target[],
  ): Promise<readonly Relevance[]> {
    const { explainer, options } = question;
    const key = JSON.stringify([explainer, options, targets, state.deleted, state.text]);
    const known = this.#kept.get(key);
    if (known) return known;
    const input = await this.#input(state);
    const found = await explainAll(explainer, this.#model, input, targets, wordOptions(question));
    this.#kept.set(key, found);
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    return found;
  }

  /** A heatmap. */
  async explain({ question, ...state }: Calls["explain"]["ask"]): Promise<Explained> {
    const began = performance.now();
    const { document, input: whole } = await this.#text(state.text);
    const input = await this.#input(state);
    const scores = await this.#scores(input);
    const { name, target } = this.#target(question.target, scores);
    const [found] = await this.#found(question, state, [target]) as [Relevance];
    const { words, expectedSum: expected, keptByBiases } = found;
    return {
      ...wordsOf(document, whole),
      target: name,
      score: found.score,
      relevance: words.slice(0, document.tokens.length),
      signed: isSigned(question),
      ...(expected !== undefined && {
        conservation: {
          sum: words.reduce((sum, value) => sum + value, 0),
          expected,
          ...(keptByBiases !== undefined && { keptByBiases }),
        },
      }),
      milliseconds: performance.now() - began,
    };
  }

  /** What a word contributes to every class; a deleted word is put back to see. */
  async word({ question, position, ...state }: Calls["word"]["ask"]): Promise<WordRelevance> {
    const token = (await this.#text(state.text)).document.tokens[position];
    const deleted = state.deleted.filter((start) => start !== token?.start);
    const classes = this.#model.classes.map((_, c) => c);
    const found = await this.#found(question, { ...state, deleted }, classes);
    return { position, relevance: Float64Array.from(found, ({ words }) => words[position] ?? 0) };
  }

  /** What becomes of the scores as the most relevant words are deleted one after the other. */
  async deletion(
    { text, question, direction, max }: Calls["deletion"]["ask"],
  ): Promise<Deletion> {
    const { document: { tokens }, input, scores: whole } = await this.#text(text);
    const { name, target } = this.#target(question.target, whole);
    const [{ words }] = await this.#found(question, { text, deleted: [] }, [target]) as [Relevance];
    const order = tokens.map((_, t) => t)
      .sort((a, b) => direction * (words[b]! - words[a]!) || a - b)
      .slice(0, max);
    const classes = this.#model.classes.length;
    const scores = new Float64Array((order.length + 1) * classes);
    scores.set(whole);
    await deleteInOrders(this.#model, input, [order], order.length, (found, _, step) => {
      if (step > 0) scores.set(finiteScores(found, this.#model.classes), step * classes);
    });
    return {
      order: Int32Array.from(order, (t) => tokens[t]!.start),
      scores,
      target: name,
      signed: isSigned(question),
    };
  }

  /** Explanations as a file. */
  async render({ questions, format, id, label, ...state }: Calls["render"]["ask"]) {
    const document = {
      ...(await this.#text(state.text)).document,
      ...(id !== undefined && { id }),
      ...(label !== undefined && { label }),
    };
    const deleted = await this.#positions(state);
    const explanations: Explanation[] = [];
    for (const { explainer, options, target } of questions) {
      explanations.push(
        ...await explainDocument(this.#model, document, {
          explainers: [{ explainer: getExplainer(explainer), options }],
          targets: [target],
          deleted,
        }),
      );
    }
    return await render(format, explanations);
  }
}
