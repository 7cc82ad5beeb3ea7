import type { Document, Token, UnseenSpan } from "../../document.ts";

/** What is known of a model that is elsewhere before any text. */
export interface ModelAbout {
  /** The names of its classes. */
  readonly classes: readonly string[];
  /** Why it shows no gradients or no layers. */
  readonly limitation?: string;
  /** How many coalitions it takes best at once. */
  readonly batchSize?: number;
  /** Most words it takes. */
  readonly maxWords?: number;
  /** What is worth knowing of it. */
  readonly notes?: readonly string[];
}

/** A text as a model elsewhere reads it. */
export interface TextRead extends Pick<Document, "truncated"> {
  /** The words. */
  readonly tokens: readonly Token[];
  /** What it does not see. */
  readonly unseen?: readonly UnseenSpan[];
  /** How many positions its input has (T). */
  readonly length: number;
  /** Positions of words that it does not know. */
  readonly unknown?: readonly number[];
}

/** The words of a text that are deleted each time that it is to be scored. */
export interface ScoresWanted {
  /** The text. */
  readonly text: string;
  /** For each time the positions of the deleted words, shape [M]. */
  readonly deleted: readonly (readonly number[])[];
}

/** What a model elsewhere can be asked; both as values that JSON has. */
export interface Asked {
  /** Reads a text. */
  read(ask: { readonly text: string }): Promise<TextRead>;
  /** Scores a text, with words deleted: scores before softmax, shape [M, C]. */
  scores(ask: ScoresWanted): Promise<readonly (readonly number[])[]>;
}
