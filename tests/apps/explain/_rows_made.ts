import { Random } from "@heatword/core";
import { knownWords } from "../_made_model.ts";

/** Texts with known and unknown words, quotes, line breaks and letters outside ASCII. */
export function madeTexts(count: number, seed = 3): string[] {
  const random = new Random(seed);
  const words = [...knownWords, "xyzzy", "café", '"quoted"', "line\nbreak", "it's"];
  return Array.from({ length: count }, () => {
    const length = 1 + random.below(120);
    return Array.from({ length }, () => words[random.below(words.length)]!).join(" ");
  });
}

/** The texts as JSON lines. */
export function asJsonl(texts: readonly string[]): string {
  return texts.map((text, id) => `${JSON.stringify({ id, text })}\n`).join("");
}

/** The texts as CSV. */
export function asCsv(texts: readonly string[]): string {
  const rows = texts.map((text, id) => `${id},"${text.replaceAll('"', '""')}"\r\n`);
  return `id,text\r\n${rows.join("")}`;
}
