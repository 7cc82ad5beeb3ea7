import {
  type Document,
  explainAll,
  finiteScores,
  type FloatArray,
  getExplainer,
  type Input,
  listExplainers,
  type Model,
  reasonAgainst,
  type Relevance,
  type Target,
  type TokenizerResources,
  wholeScores,
} from "@heatword/core";
import { fetchText, isRemote } from "@heatword/core/remote";
import "@heatword/datasets/tokenizers";
import { type Grouped, resolveTargets } from "@heatword/eval/explanations";
import { type Explanation, render } from "@heatword/eval/render";
import { deleteInOrders } from "@heatword/eval/deletion";
import type { PunktTables } from "../_model_files.ts";
import { probabilities } from "./numbers.ts";
import { explanationsOf } from "./session_file.ts";
import { isSigned, readPunkt, usualExplainers, wordOptions, wordsOf } from "./session_parts.ts";
import {
  explainGroups,
  groupedWithout,
  groupingOf,
  readsCharacters,
  wordsOfGroups,
} from "./session_units.ts";
import type {
  Calls,
  Classified,
  Deletion,
  Explained,
  ModelFiles,
  ModelInfo,
  PageUnit,
  Question,
  TextState,
  Wanted,
  WordRelevance,
  Words,
} from "./protocol.ts";

/** Reads a model from the files of its folder, or has it from the page's server. */
export type ReadModel = (
  files: ModelFiles,
  resources: TokenizerResources,
  base: string,
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
  readonly #readsCharacters: boolean;
  #last: Read | undefined;

  private constructor(model: Model) {
    this.#model = model;
    this.#readsCharacters = !isRemote(model) && readsCharacters(model);
  }

  /**
   * Opens a model.
   *
   * @param read Reads the model from its files.
   * @param files The files of its folder.
   * @param punkt What Punkt knows; null for the built-in parameters.
   * @param base The address below which the page's server answers for it.
   * @throws {SyntaxError} If the model is damaged.
   */
  static async open(
    read: ReadModel,
    files: ModelFiles,
    punkt: PunktTables | null,
    base: string = "",
  ) {
    return new Session(await read(files, { tables: { punkt: readPunkt(punkt) } }, base));
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
      readsCharacters: this.#readsCharacters,
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

  async #grouped(state: TextState, unit: Exclude<PageUnit, "token">): Promise<Grouped> {
    const { document } = await this.#text(state.text);
    const grouping = groupingOf(unit, this.#readsCharacters);
    return groupedWithout(this.#model, document, grouping, await this.#positions(state));
  }

  /** The words of a text, or its groups of words. */
  async #units(text: string, unit: PageUnit): Promise<Words> {
    const { document, input } = await this.#text(text);
    const words = wordsOf(document, input);
    if (unit === "token") return words;
    const { units } = await this.#grouped({ text, deleted: [] }, unit);
    return wordsOfGroups(words, document, units.units);
  }

  /** What an explainer finds; the last answers are kept, as some take seconds. */
  async #found(
    question: Question,
    state: TextState,
    targets: readonly Target[],
    unit: PageUnit = "token",
  ): Promise<readonly Relevance[]> {
    const { explainer, options } = question;
    const key = JSON.stringify([explainer, options, targets, state.deleted, state.text, unit]);
    const known = this.#kept.get(key);
    if (known) return known;
    const all = wordOptions(question);
    const found = unit === "token"
      ? await explainAll(explainer, this.#model, await this.#input(state), targets, all)
      : await explainGroups(
        await this.#grouped(state, unit),
        getExplainer(explainer),
        targets,
        all,
        unit,
      );
    this.#kept.set(key, found);
    if (this.#kept.size > KEPT) this.#kept.delete(this.#kept.keys().next().value!);
    return found;
  }

  /** A heatmap. */
  async explain(
    { question, unit = "token", ...state }: Calls["explain"]["ask"],
  ): Promise<Explained> {
    const began = performance.now();
    const units = await this.#units(state.text, unit);
    const input = await this.#input(state);
    const scores = await this.#scores(input);
    const { name, target } = this.#target(question.target, scores);
    const [found] = await this.#found(question, state, [target], unit) as [Relevance];
    const { words, expectedSum: expected, keptByBiases } = found;
    return {
      ...units,
      target: name,
      score: found.score,
      ...(typeof target === "number" && { share: probabilities(scores)[target]! }),
      relevance: words.slice(0, units.starts.length),
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
  async word(
    { question, position, unit = "token", ...state }: Calls["word"]["ask"],
  ): Promise<WordRelevance> {
    const { starts, members } = await this.#units(state.text, unit);
    const own = new Set(members ? members[position] : [starts[position]]);
    const deleted = state.deleted.filter((start) => !own.has(start));
    const classes = this.#model.classes.map((_, c) => c);
    const found = await this.#found(question, { ...state, deleted }, classes, unit);
    return { position, relevance: Float64Array.from(found, ({ words }) => words[position] ?? 0) };
  }

  /** What becomes of the scores as the most relevant words are deleted one after the other. */
  async deletion(
    { text, question, direction, max, unit = "token" }: Calls["deletion"]["ask"],
  ): Promise<Deletion> {
    const { input, scores: whole } = await this.#text(text);
    const { starts, members } = await this.#units(text, unit);
    const { name, target } = this.#target(question.target, whole);
    const state = { text, deleted: [] };
    const [{ words }] = await this.#found(question, state, [target], unit) as [Relevance];
    const order = Array.from(starts, (_, t) => t)
      .sort((a, b) => direction * (words[b]! - words[a]!) || a - b)
      .slice(0, max);
    const classes = this.#model.classes.length;
    const scores = new Float64Array((order.length + 1) * classes);
    scores.set(whole);
    const tell = (found: FloatArray, _: number, step: number) => {
      if (step > 0) scores.set(finiteScores(found, this.#model.classes), step * classes);
    };
    if (unit === "token") {
      await deleteInOrders(this.#model, input, [order], order.length, tell);
    } else {
      const { byUnits, units } = await this.#grouped(state, unit);
      await deleteInOrders(byUnits, units, [order], order.length, tell);
    }
    return {
      steps: order.map((t) => members?.[t] ?? [starts[t]!]),
      scores,
      target: name,
      signed: isSigned(question),
    };
  }

  /** The scores of other texts. */
  async score({ texts }: Calls["score"]["ask"]): Promise<Calls["score"]["answer"]> {
    const found: (Float64Array | undefined)[] = [];
    for (const text of texts) {
      const { document, scores } = await this.#read(text);
      found.push(document.tokens.length > 0 ? scores : undefined);
    }
    return found;
  }

  /** The explanations of a file. */
  async explanations(wanted: Wanted): Promise<Explanation[]> {
    const { document } = await this.#text(wanted.text);
    const deleted = await this.#positions(wanted);
    return await explanationsOf(this.#model, document, wanted, deleted, this.#readsCharacters);
  }

  /** Explanations as a file. */
  async render({ format, more = [], ...wanted }: Calls["render"]["ask"]): Promise<string> {
    return await render(format, [...await this.explanations(wanted), ...more]);
  }
}
