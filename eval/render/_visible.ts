/**
 * What a terminal or a markup document must never get raw from a text: control characters (C0, DEL,
 * C1), line and paragraph separators, marks that turn the writing direction, lone surrogates.
 */
// deno-lint-ignore no-control-regex
const unsafe = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g;

function picture(character: string): string {
  const code = character.charCodeAt(0);
  if (code < 0x20) return String.fromCharCode(0x2400 + code);
  if (code === 0x7f) return "\u2421";
  return `<U+${code.toString(16).toUpperCase().padStart(4, "0")}>`;
}

/**
 * Makes control characters visible instead of active: ESC becomes `␛`, a right-to-left override
 * `<U+202E>`. Line feeds and tabs stay.
 *
 * @param text Any text.
 * @returns A text that is safe to print.
 */
export function visible(text: string): string {
  return text.toWellFormed().replace(unsafe, picture);
}

/**
 * Makes control characters in JSON text escapes: it means the same, and is safe to print.
 *
 * @param json JSON text.
 * @returns The same JSON value.
 */
export function visibleJson(json: string): string {
  return json.replace(
    /[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
