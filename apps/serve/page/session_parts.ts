import {
  cutSpan,
  type Document,
  getExplainer,
  type Input,
  type Model,
  readOptions,
  signedOf,
  unseenParts,
} from "@heatword/core";
import { englishParameters, PunktParameters } from "@heatword/datasets/nltk";
import { suitableExplainers, unknownTokens } from "@heatword/eval/explanations";
import { leftOutNote } from "@heatword/eval/heatmap";
import type { PunktTables } from "../_model_files.ts";
import type { Question, Words } from "./protocol.ts";

/** What Punkt knows; the built-in parameters where nothing is given. */
export function readPunkt(tables: PunktTables | null): PunktParameters {
  if (tables === null) return englishParameters();
  const parameters = new PunktParameters();
  for (const type of tables.abbreviations) parameters.abbrevTypes.add(type);
  for (const [first, second] of tables.collocations) parameters.addCollocation(first, second);
  for (const type of tables.starters) parameters.sentStarters.add(type);
  for (const [type, flags] of tables.contexts) parameters.addOrthoContext(type, flags);
  return parameters;
}

/** The words of a document, and what the model does not see of it. */
export function wordsOf(document: Document, input: Input): Words {
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
export function usualExplainers(model: Model): [first: string, second: string] {
  const [first] = suitableExplainers(["lrp"], model);
  const others = suitableExplainers(["sa", "lime"], model);
  const second = others.find(({ name }) => name !== first!.name) ?? first!;
  return [first!.name, second.name];
}

/** Words alone are shown, so no relevance for each number of each word is asked for. */
export function wordOptions({ explainer, options }: Question) {
  const { options: specs } = getExplainer(explainer);
  return readOptions(specs, { ...("detail" in specs && { detail: "words" }), ...options });
}

/** Whether negative relevance means against. */
export function isSigned(question: Question): boolean {
  return signedOf(getExplainer(question.explainer), wordOptions(question));
}
