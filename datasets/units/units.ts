import { cutSpan, type Document, type Unit } from "@heatword/core";
import { paragraphs, phrases, sentences, type Span } from "./_breaks.ts";
import type { UnitName } from "./unit_names.ts";

function spansOf({ text, tokens }: Document, unit: UnitName): readonly Span[] {
  switch (unit) {
    case "word":
      return tokens;
    case "phrase":
      return phrases(text, tokens);
    case "sentence":
      return sentences(text);
    case "paragraph":
      return paragraphs(text);
  }
}

/** The part of a text that was not cut off. */
function seenSpan(document: Document): Span {
  const { text } = document;
  const [from, to] = cutSpan(document);
  return from === 0 && to < text.length ? { start: to, end: text.length } : { start: 0, end: from };
}

function trimmed(text: string, start: number, end: number): Span {
  const part = text.slice(start, end);
  return {
    start: start + part.length - part.trimStart().length,
    end: start + part.trimEnd().length,
  };
}

/**
 * The words of a document in groups.
 *
 * - `paragraph`: blank lines stand between paragraphs.
 * - `sentence`: the sentences of each paragraph, by Punkt with its parameters for English where at
 *   least half of the letters of the text are Latin, else by the rules of Unicode (`Intl.Segmenter`).
 * - `phrase`: the parts of each sentence between `,` `;` `:`, brackets and quotes that stand beside a
 *   blank, dashes, and such signs of Chinese and Japanese; a part of more than six words is cut into as
 *   few as possible that have at most six, of nearly the same length, the longer ones first.
 * - `word`: each word is a group.
 *
 * A word that reaches over the end of a group stays whole, and so the two groups are one. A part
 * without words belongs to the group before it, or to the first. So each word is in one group, and each
 * character that is no blank, too, but for what was cut off because the model takes no more words.
 *
 * @param document The document.
 * @param unit Into what its words are grouped.
 * @returns The groups, in text order; none for a document without words.
 *
 * @example
 * ```ts
 * import { betweenBlanks, readText } from "@heatword/core";
 * import { unitsOf } from "@heatword/datasets/units";
 * import { assertEquals } from "@std/assert";
 *
 * const document = readText(betweenBlanks, "Mr. Smith came.  He saw, and left.");
 * const texts = (unit: "phrase" | "sentence") =>
 *   unitsOf(document, unit).map(({ start, end }) => document.text.slice(start, end));
 * assertEquals(texts("sentence"), ["Mr. Smith came.", "He saw, and left."]);
 * assertEquals(texts("phrase"), ["Mr. Smith came.", "He saw,", "and left."]);
 * ```
 */
export function unitsOf(document: Document, unit: UnitName): Unit[] {
  const { text, tokens } = document;
  if (unit === "word") {
    return tokens.map(({ start, end }, t) => ({ start, end, from: t, to: t + 1 }));
  }
  const places = spansOf(document, unit).map(({ start }) => start);
  // Of each group that has words: its first word, and where it begins.
  const begins: { readonly word: number; readonly place: number }[] = [];
  let next = 0;
  let reach = 0;
  tokens.forEach(({ start, end }, t) => {
    let place: number | undefined;
    for (; next < places.length && places[next]! <= start; next++) {
      if (places[next]! >= reach) place = places[next]!;
    }
    if (place !== undefined || t === 0) begins.push({ word: t, place: place ?? 0 });
    reach = Math.max(reach, end);
  });
  const seen = seenSpan(document);
  return begins.map(({ word, place }, i) => {
    const after = begins[i + 1];
    const from = i === 0 ? seen.start : place;
    return {
      ...trimmed(text, from, after?.place ?? seen.end),
      from: word,
      to: after?.word ?? tokens.length,
    };
  });
}
