import { type Document, unseenParts } from "@heatword/core";

/** A text cut into the pieces that a heatmap colours, with what it needs to know of each. */
export interface Pieces {
  /** The document, whose tokens are the pieces. */
  readonly document: Document;
  /** The word, or unit, that each belongs to. */
  readonly owner: readonly number[];
  /** The pieces that are words which the model does not know. */
  readonly unknown: readonly number[];
  /** What stands before the relevance where it is told; only of units. */
  readonly names?: readonly string[];
}

/** A text whose words may be grouped, and the words of it that the model does not know. */
export type PiecedText = Document & {
  readonly unknown: readonly number[];
  readonly unit?: string;
  readonly units?: readonly { readonly start: number; readonly end: number }[];
};

/**
 * The pieces of an explained text: its words; where words are grouped, each unit without what of it the
 * model does not see, and with unknown words as pieces of their own. Pieces of one unit have one
 * relevance, that of the unit.
 */
export function piecesOf(text: PiecedText): Pieces {
  const { tokens, unknown, unit, units } = text;
  if (!units) return { document: text, owner: [...tokens.keys()], unknown };
  const cuts = [
    ...unseenParts(text).map(({ start, end }) => ({ start, end, isWord: false })),
    ...unknown.map((t) => ({ start: tokens[t]!.start, end: tokens[t]!.end, isWord: true })),
  ].sort((a, b) => a.start - b.start || a.end - b.end);
  const pieces: Document["tokens"][number][] = [];
  const owner: number[] = [];
  const unknownPieces: number[] = [];
  units.forEach(({ start, end }, u) => {
    const add = (from: number, to: number, isUnknown = false) => {
      const part = text.text.slice(from, to);
      if (part.trim() === "") return;
      if (isUnknown) unknownPieces.push(pieces.length);
      const left = from + part.length - part.trimStart().length;
      pieces.push({ text: part.trim(), start: left, end: left + part.trim().length });
      owner.push(u);
    };
    let at = start;
    for (const cut of cuts) {
      if (cut.end <= at || cut.start >= end) continue;
      add(at, Math.max(at, cut.start));
      if (cut.isWord) add(Math.max(at, cut.start), Math.min(end, cut.end), true);
      at = Math.max(at, Math.min(end, cut.end));
    }
    add(at, end);
  });
  return {
    document: { ...text, tokens: pieces },
    owner,
    unknown: unknownPieces,
    names: owner.map((u) => `${unit} ${u + 1}: `),
  };
}

/** How a unit is shown in a list: on one line, its end left out where it is long. */
export function shortText(text: string, longest = 60): string {
  const line = text.replaceAll(/\s+/gu, " ");
  const kept = [...new Intl.Segmenter().segment(line)].slice(0, longest);
  const short = kept.map(({ segment }) => segment).join("");
  return short.length < line.length ? `${short.trimEnd()}…` : line;
}
