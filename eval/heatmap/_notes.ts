import { cutSpan, type Document, leftOut } from "@heatword/core";
import { formatCount } from "@heatword/core/counts";

/** A part of a text that is quoted in a sentence: its writing direction may be another. */
export interface Quoted {
  /** The part, as it stands in the text. */
  readonly quoted: string;
}

/** A sentence about a text, in which parts of it may be quoted. */
export type Sentence = readonly (string | Quoted)[];

/** A sentence without what sets off the parts that it quotes. */
export function plainText(sentence: Sentence): string {
  return sentence.map((part) => typeof part === "string" ? part : part.quoted).join("");
}

/** How many words a sentence lists. */
const LISTED = 10;
/** How long a listed word may be: what has no blanks may be a whole paragraph. */
const LONGEST = 40;

/** The beginning of a long word, with no grapheme cut in two. */
function shortened(word: string): string {
  if (word.length <= LONGEST) return word;
  let kept = "";
  for (const { segment } of new Intl.Segmenter().segment(word)) {
    if (kept.length + segment.length >= LONGEST) break;
    kept += segment;
  }
  return `${kept}…`;
}

/**
 * Words with commas between; the end of a long list is left out, and an ellipsis says so.
 *
 * @param words The words.
 * @param note What stands after each, e.g. its place.
 */
export function listed(
  words: readonly string[],
  note: (index: number) => string = () => "",
): Sentence {
  return words.slice(0, LISTED).flatMap((word, i) => [
    ...(i > 0 ? [", "] : []),
    { quoted: shortened(word) },
    ...(note(i) === "" ? [] : [note(i)]),
  ]).concat(words.length > LISTED ? [", …"] : []);
}

/**
 * What the tokenizer leaves out of a text: how many words, which, and in how many places
 * punctuation. Empty where nothing is left out.
 */
export function leftOutNote(document: Pick<Document, "text" | "unseen">): Sentence {
  const { words, punctuation } = leftOut(document);
  const places = `punctuation in ${formatCount(punctuation, "place")}`;
  if (words.length === 0) {
    return punctuation === 0 ? [] : [`not seen by the model: ${places}`];
  }
  return [
    `${formatCount(words.length, "word")} the model cannot see: `,
    ...listed([...new Set(words)]),
    ...(punctuation === 0 ? [] : [`; nor ${places}`]),
  ];
}

/** What is said below a document of what the model does not see of it, a sentence each. */
export function unseenNotes(document: Document): Sentence[] {
  const notes: Sentence[] = [];
  if (document.truncated) {
    const end = cutSpan(document)[1] < document.text.length ? "first" : "last";
    notes.push([
      `cut off: the model does not see the ${end} ${formatCount(document.truncated, "word")}`,
    ]);
  }
  const note = leftOutNote(document);
  return note.length > 0 ? [...notes, note] : notes;
}

/** The parts of the scale that a legend shows, and what stands before and after them. */
export function legendSteps(
  document: Document,
  relevance: ArrayLike<number>,
  isSigned = true,
): { readonly before: string; readonly shares: readonly number[]; readonly after: string } {
  const twoSided = document.tokens.some((_, t) => relevance[t]! < 0);
  const [before, after] = isSigned ? ["against", "for"] : ["below zero", "above zero"];
  return twoSided
    ? { before: before!, shares: [-1, -0.5, 0, 0.5, 1], after: after! }
    : { before: "relevance", shares: [0, 0.5, 1], after: "" };
}
