const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
};

/**
 * Escapes a text for HTML, as content and as an attribute in quotes.
 *
 * @param text Any text.
 * @returns The text with `& < > " '` as entities.
 *
 * @example
 * ```ts
 * import { escapeHtml } from "@heatword/eval/heatmap";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(escapeHtml("<b>"), "&lt;b&gt;");
 * ```
 */
export function escapeHtml(text: string): string {
  return text.replaceAll(/[&<>"']/g, (character) => entities[character]!);
}

/**
 * Escapes a text for XML (SVG): as {@linkcode escapeHtml}, and what XML 1.0 does not allow (control
 * characters, lone surrogates) becomes U+FFFD.
 *
 * @param text Any text.
 * @returns The escaped text.
 */
export function escapeXml(text: string): string {
  return escapeHtml(text.toWellFormed())
    // deno-lint-ignore no-control-regex
    .replaceAll(/[\0-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]/g, "\ufffd");
}
