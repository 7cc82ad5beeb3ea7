import { type Document, type Model, type Random, withWordsBeyond } from "@heatword/core";
import {
  APART,
  apartOf,
  type Feature,
  featuresOf,
  groupSpans,
  nameOf,
  pairsApart,
  partsOf,
  type Span,
  tokenGroup,
  withFeature,
  withoutFeature,
} from "../audit/mod.ts";

/** What a model is to look at no more. */
export interface Leak extends Feature {
  /** Where a text has it. */
  spans(document: Document): Span[];
}

/** Where words follow one another in a text, whatever their case. */
function runsOf({ tokens }: Document, words: readonly string[]): Span[] {
  return tokens.flatMap((_, t): Span[] => {
    const own = tokens.slice(t, t + words.length);
    const isRun = own.length === words.length &&
      own.every(({ text }, i) => text.toLowerCase() === words[i]);
    return isRun ? [[own[0]!.start, own.at(-1)!.end]] : [];
  });
}

/**
 * Words, or several words that follow one another, as a leak.
 *
 * @param words The words; blanks separate those that follow one another. Case does not count.
 * @param model How texts are read.
 * @throws {RangeError} If there are none, or the model does not read one of them.
 *
 * @example
 * ```ts
 * import { miniModel } from "@heatword/explainers/check";
 * import { leakOfWords } from "@heatword/eval/repair";
 * import { assertEquals } from "@std/assert";
 *
 * const model = miniModel();
 * const leak = leakOfWords(["zendesk7", "best regards"], model);
 * assertEquals(leak.spans(model.read("Zendesk7 : best regards")), [[0, 8], [11, 23]]);
 * ```
 */
export function leakOfWords(words: readonly string[], model: Pick<Model, "read">): Leak {
  if (words.length === 0) throw new RangeError("Cannot repair a model against no words");
  const runs = words.map((word) => {
    const read = model.read(word).tokens.map(({ text }) => text.toLowerCase());
    if (read.length > 0) return read;
    throw new RangeError(
      `Cannot repair a model against "${word}": it does not read that as a word`,
    );
  });
  return {
    kind: "token",
    what: words.join(", "),
    spans: (document) => {
      const read = withWordsBeyond(document);
      return runs.flatMap((run) => runsOf(read, run)).sort((a, b) => a[0] - b[0] || a[1] - b[1]);
    },
  };
}

/**
 * A group of tokens, or something that an audit found, as a leak.
 *
 * @param feature What it is.
 * @throws {RangeError} If there is no group of that name.
 */
export function leakOfFeature({ kind, what }: Feature): Leak {
  const feature = { kind, what };
  if (kind === "group") {
    const group = tokenGroup(what);
    return { ...feature, spans: ({ text }) => groupSpans(group, text) };
  }
  const isApart = kind === "pair" && what.includes(APART);
  // Audits once told such words in the order of a text.
  const name = nameOf(isApart ? { kind, what: apartOf(partsOf(feature)) } : feature);
  return {
    ...feature,
    spans: (document) => {
      const read = withWordsBeyond(document);
      if (!isApart) return [...featuresOf(read).find((one) => nameOf(one) === name)?.spans ?? []];
      const parts = new Set(partsOf(feature));
      const places = read.tokens.flatMap(({ text }, t) => parts.has(text.toLowerCase()) ? [t] : []);
      return [...pairsApart(read, places).find((one) => nameOf(one) === name)?.spans ?? []];
    },
  };
}

/** A text without a leak, which it has in some places. */
export function withoutLeak(text: string, leak: Leak, spans: readonly Span[]): string {
  return withoutFeature(text, leak, spans);
}

/** How a leak stands in a text. */
export interface LeakExample {
  /** As it is written. */
  readonly form: string;
  /** After which share of the other words. */
  readonly place: number;
}

const wordsIn = (text: string) => text.match(/\S+/g)?.length ?? 0;

/**
 * How a leak stands in a text.
 *
 * @param text The text, and where it has the leak.
 * @returns An example for each place.
 */
export function leakExamples(
  { text, spans }: { readonly text: string; readonly spans: readonly Span[] },
): LeakExample[] {
  return spans.map(([start, end]) => {
    const [before, after] = [wordsIn(text.slice(0, start)), wordsIn(text.slice(end))];
    return { form: text.slice(start, end), place: before / Math.max(1, before + after) };
  });
}

/**
 * A text with a leak, as and where it stands in another: members of groups that are lines, such as
 * headers, on a line of its own. Pairs and ways to write are put anywhere.
 *
 * @param text The text.
 * @param leak The leak.
 * @param examples How it stands in texts that have it.
 * @param random Draws the example, and a place that it does not say.
 */
export function withLeak(
  text: string,
  leak: Leak,
  examples: readonly LeakExample[],
  random: Random,
): string {
  // The words of a pair are single examples, which make no pair.
  if (leak.kind === "pair" || examples.length === 0) return withFeature(text, leak, [], random);
  if (leak.kind === "casing") {
    return withFeature(text, leak, examples.map(({ form }) => form), random);
  }
  const { form, place } = examples[random.below(examples.length)]!;
  if (leak.kind === "group" && tokenGroup(leak.what).pattern.multiline) {
    const lines = text.split("\n");
    return lines.toSpliced(Math.round(place * lines.length), 0, form).join("\n");
  }
  return withFeature(text, leak, [form], random, place);
}
