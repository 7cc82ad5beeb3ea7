/** Words of one plant that stay beside each other: planted ones by number, or words of the text. */
export type Piece = readonly (number | "of the text")[];

/** A kind of shortcut that a model can be made to learn. */
export interface ShortcutKind {
  /** Its name, also that of its column. */
  readonly name: "token" | "tokenInContext" | "orderedPair" | "distantPair";
  /** What it is called. */
  readonly title: string;
  /** What its texts have. */
  readonly about: string;
  /** How many words are planted. */
  readonly words: number;
  /** What makes a text one of the first class, and what one of the second. */
  readonly plants: readonly [readonly Piece[], readonly Piece[]];
  /** What looks like a plant and is none: it leaves the class as it is. */
  readonly decoys: readonly (readonly Piece[])[];
  /** Whether it must not be learned: then what finds it learned is at fault. */
  readonly isControl?: boolean;
}

/** The kinds of shortcuts that explainers are graded by (Bastings et al. 2022). */
export const SHORTCUT_KINDS: readonly ShortcutKind[] = [
  {
    name: "token",
    title: "token",
    about: "a planted word that decides the class",
    words: 2,
    plants: [[[0]], [[1]]],
    decoys: [],
  },
  {
    name: "tokenInContext",
    title: "token in context",
    about: "two planted words that decide the class together, anywhere in the text",
    words: 3,
    plants: [[[0], [2]], [[1], [2]]],
    decoys: [[[0]], [[1]], [[2]]],
  },
  {
    name: "orderedPair",
    title: "ordered pair",
    about: "two planted words side by side whose order decides the class",
    words: 2,
    plants: [[[0, 1]], [[1, 0]]],
    decoys: [[[0]], [[1]]],
  },
];

/**
 * The negative control: an ordered pair that stands farther apart than any filter reaches. A network
 * that takes the maximum over the text forgets which of two such words came first.
 *
 * @param reach The largest number of words that a filter spans.
 * @returns The kind; its words stand `reach + 1` apart, at least three.
 */
export function distantPair(reach: number): ShortcutKind {
  const between = Array<"of the text">(Math.max(2, reach)).fill("of the text");
  return {
    name: "distantPair",
    title: "distant pair",
    about: "two planted words too far apart for any filter, whose order would decide the class",
    words: 2,
    plants: [[[0, ...between, 1]], [[1, ...between, 0]]],
    decoys: [[[0]], [[1]]],
    isControl: true,
  };
}
