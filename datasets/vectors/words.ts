import type { Document } from "@heatword/core";

/**
 * The words of documents as a skip-gram model is trained on them: in lower case.
 *
 * @param documents The documents.
 * @returns The words of each document.
 */
export function lowerCaseWords(documents: Iterable<Document>): string[][] {
  return Array.from(
    documents,
    ({ tokens }) => tokens.map(({ text }) => text.toLowerCase()),
  );
}

/**
 * The words whose vectors documents need: each as it is written, and in lower case for a file that
 * has only that.
 *
 * @param documents The documents.
 * @returns What to give to `readVectors` as `wanted`.
 *
 * @example
 * ```ts
 * import { wantedForms } from "@heatword/datasets/vectors";
 * import { assertEquals } from "@std/assert";
 *
 * const document = { text: "Go", tokens: [{ text: "Go", start: 0, end: 2 }] };
 * assertEquals(wantedForms([document]), new Set(["Go", "go"]));
 * ```
 */
export function wantedForms(documents: Iterable<Document>): Set<string> {
  const forms = new Set<string>();
  for (const { tokens } of documents) {
    for (const { text } of tokens) {
      if (forms.has(text)) continue;
      forms.add(text);
      forms.add(text.toLowerCase());
    }
  }
  return forms;
}
