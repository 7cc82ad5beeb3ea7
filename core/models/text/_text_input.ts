import type { Coalitions } from "../../coalitions.ts";
import type { Document } from "../../document.ts";
import type { Input } from "../../model.ts";
import type { Deletion } from "./options.ts";

/** A text with words that can be deleted from it. */
export interface TextInput extends Input {
  /** The document. */
  readonly document: Document;
  /** Whether a word is deleted, shape [T]. */
  readonly gone: readonly boolean[];
}

/** The whole text of a document. */
export function textInput(document: Document): TextInput {
  const { length } = document.tokens;
  return { length, document, gone: new Array(length).fill(false) };
}

/** The same with some words deleted. */
export function without(input: TextInput, positions: Iterable<number>): TextInput {
  const gone = [...input.gone];
  for (const t of positions) if (t < gone.length) gone[t] = true;
  return { ...input, gone };
}

/** The text with every deleted word replaced. */
function replaced({ document: { text, tokens }, gone }: TextInput, replacement: string): string {
  let result = "";
  let end = 0;
  tokens.forEach((token, t) => {
    if (!gone[t]) return;
    result += text.slice(end, token.start) + replacement;
    end = token.end;
  });
  return result + text.slice(end);
}

/** The text as it would be had the deleted words never stood there: with one blank between others. */
function removed({ document: { text, tokens }, gone }: TextInput): string {
  let result = "";
  let end = 0;
  let isCut = false;
  const add = (part: string) => {
    const joins = isCut && (result === "" || /\s$/u.test(result));
    result += joins ? part.trimStart() : part;
    if (part !== "") isCut = false;
  };
  tokens.forEach((token, t) => {
    if (!gone[t]) return;
    add(text.slice(end, token.start));
    end = token.end;
    isCut = true;
  });
  const rest = text.slice(end);
  add(rest);
  return end > 0 && rest.trim() === "" ? result.trimEnd() : result;
}

/** The text that is left of an input. */
function textLeft(input: TextInput, deletion: Deletion): string {
  if (!input.gone.includes(true)) return input.document.text;
  return deletion === "remove" ? removed(input) : replaced(input, deletion.replace);
}

/** The texts to be scored: that of the input, or that of each coalition. */
export function textsOf(
  input: TextInput,
  coalitions: Coalitions | undefined,
  deletion: Deletion,
): string[] {
  if (coalitions === undefined) return [textLeft(input, deletion)];
  return Array.from(
    { length: coalitions.size },
    (_, m) => textLeft(without(input, coalitions.deleted(m)), deletion),
  );
}
