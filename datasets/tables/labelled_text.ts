import type { Part } from "./split_file.ts";

/** A text whose class is known. */
export interface LabelledText {
  /** A name that no other text of the same data has. */
  readonly id: string;
  /** The text. */
  readonly text: string;
  /** Its class. */
  readonly label: string;
  /** What it is for, where a split was given that says it. */
  readonly part?: Part;
}

/** A piece of data that cannot be used. */
export interface BadRow {
  /** Where it is: `line 17`, or the path of a file. */
  readonly place: string;
  /** What is wrong with it, e.g. `the text is empty`. */
  readonly problem: string;
  /** Whether its bytes are not in the encoding of the data; absent where they are. */
  readonly misread?: true;
}
