import type { TextReading } from "../../text_reader.ts";
import type { Tokenize } from "../../tokenizer.ts";

/**
 * What becomes of a text when a word is deleted: the word is taken out, with one of the blanks around
 * it, or something else stands in its place, e.g. `{ replace: "[MASK]" }`.
 */
export type Deletion = "remove" | { readonly replace: string };

/** How a model that takes whole texts is used. */
export interface TextModelOptions {
  /**
   * How texts are cut into words that can be deleted: the name of a registered tokenizer, that with
   * options, or a function. `unicode` is registered by `@heatword/datasets/tokenizers`, and always
   * there in the programs.
   *
   * @default {"unicode"}
   */
  readonly tokenizer?: string | Pick<TextReading, "tokenizer" | "options"> | Tokenize;
  /** Most words of a text that count; further ones stay in it, but are not seen as words. */
  readonly maxWords?: number;
  /** What becomes of a text when a word is deleted. @default {"remove"} */
  readonly deletion?: Deletion;
  /** Most texts that are scored at once. @default {64} */
  readonly batchSize?: number;
  /** How many batches may be under way at once. @default {1} */
  readonly concurrency?: number;
  /** Most memory for texts that were scored already, in bytes. @default {64 MiB} */
  readonly memory?: number;
}

/** The names of {@linkcode TextModelOptions}. */
export const textModelOptions = [
  "tokenizer",
  "maxWords",
  "deletion",
  "batchSize",
  "concurrency",
  "memory",
] as const satisfies readonly (keyof TextModelOptions)[];

/**
 * Checks how a model that takes whole texts is used.
 *
 * @param options The options.
 * @throws {TypeError} If one is malformed; the message says which.
 */
export function assertOptions(
  { batchSize, concurrency, memory, deletion }: TextModelOptions,
): void {
  for (const [name, value] of Object.entries({ batchSize, concurrency, memory })) {
    if (value === undefined || Number.isInteger(value) && value > 0) continue;
    throw new TypeError(
      `Cannot take the model: "${name}" must be a positive integer, not ${value}`,
    );
  }
  const isKnown = deletion === undefined || deletion === "remove" ||
    typeof deletion === "object" && typeof deletion?.replace === "string";
  if (isKnown) return;
  throw new TypeError(
    'Cannot take the model: "deletion" must be "remove" or { replace: "a text" }, not ' +
      JSON.stringify(deletion),
  );
}
