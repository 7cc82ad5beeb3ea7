import { cutSpan, type Document } from "@heatword/core";

/** What is said below a document of which words were cut off. */
export function truncationNote(document: Document): string {
  if (!document.truncated) return "";
  const end = cutSpan(document)[1] < document.text.length ? "first" : "last";
  return `Grey: the model does not see the ${end} ${document.truncated} words.`;
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
