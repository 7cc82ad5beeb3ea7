import type { Document, Model } from "@heatword/core";
import { askAll, type ExplainedText, explainTexts, shareIn, type Span } from "../audit/mod.ts";
import { type Leak, withoutLeak } from "./leak.ts";

/** A text that a model is measured on, as it is and without the leak. */
export interface MeasuredText {
  /** The text. */
  readonly document: Document;
  /** Where it has the leak; empty if it does not. */
  readonly spans: readonly Span[];
  /** The text without the leak. */
  readonly without: string;
}

/** How a model does on a text. */
export interface TextOutcome {
  /** 1 if it is classified correctly, else 0. */
  readonly right: number;
  /** The same of the text without the leak. */
  readonly rightWithout: number;
  /** The share of the relevance for the predicted class on the leak, where the text has it. */
  readonly mass?: number;
}

/**
 * Texts as they are measured.
 *
 * @param documents The texts, as the model reads them, with their classes.
 * @param leak The leak.
 */
export function measuredTexts(documents: readonly Document[], leak: Leak): MeasuredText[] {
  return documents.map((document) => {
    const spans = leak.spans(document);
    return { document, spans, without: withoutLeak(document.text, leak, spans) };
  });
}

/**
 * Measures a model with and without a leak.
 *
 * @param model The model.
 * @param explainer What gives the relevances.
 * @param texts The texts.
 * @returns How it does on each.
 */
export async function outcomesOf(
  model: Model,
  explainer: string,
  texts: readonly MeasuredText[],
): Promise<TextOutcome[]> {
  const asked = { model, explainer };
  const having = texts.filter(({ spans }) => spans.length > 0);
  const free = texts.filter(({ spans }) => spans.length === 0);
  const explained = await explainTexts(asked, having.map(({ document }) => document));
  const [asIs, without] = await askAll(asked, [
    { name: "texts that do not have it", texts: free.map(({ without }) => without), target: 0 },
    { name: "without it", texts: having.map(({ without }) => without), target: 0 },
  ], "Measuring");
  const rightOf = ({ document }: MeasuredText, predicted: number) =>
    Number(model.classes[predicted] === document.label);
  const outcomes = new Map<MeasuredText, TextOutcome>();
  free.forEach((text, i) => {
    const right = rightOf(text, asIs!.scored![i]!.predicted);
    outcomes.set(text, { right, rightWithout: right });
  });
  having.forEach((text, i) => {
    const one: ExplainedText = explained[i]!;
    outcomes.set(text, {
      right: rightOf(text, one.predicted),
      rightWithout: rightOf(text, without!.scored![i]!.predicted),
      mass: shareIn(one, text.spans),
    });
  });
  return texts.map((text) => outcomes.get(text)!);
}
