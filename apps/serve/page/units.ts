import type { Document, Unit } from "@heatword/core";
import type { PageUnit } from "./protocol.ts";

/** What the page can group, the smallest first. */
export const pageUnits: readonly PageUnit[] = ["token", "word", "phrase", "sentence", "paragraph"];

/** The units of a page, with what people call them; those of characters have words, too. */
export function unitChoices(readsCharacters: boolean): { value: PageUnit; text: string }[] {
  return [
    { value: "token", text: readsCharacters ? "characters" : "words" },
    readsCharacters ? { value: "word", text: "words" } : { value: "phrase", text: "phrases" },
    { value: "sentence", text: "sentences" },
    { value: "paragraph", text: "paragraphs" },
  ];
}

/** Characters in words: what blanks separate, each with the blanks after it. */
export function wordsOfCharacters({ text, tokens }: Document): Unit[] {
  const units: { start: number; end: number; from: number; to: number }[] = [];
  let end = 0;
  let isAfterBlank = true;
  tokens.forEach((token, t) => {
    const isBlank = /^\s*$/.test(text.slice(token.start, token.end));
    const begins = !isBlank && (isAfterBlank || /\s/.test(text.slice(end, token.start)));
    if (begins || units.length === 0) units.push({ ...token, from: t, to: t + 1 });
    const unit = units.at(-1)!;
    unit.to = t + 1;
    if (!isBlank) unit.end = token.end;
    isAfterBlank = isBlank;
    end = token.end;
  });
  return units.map(({ start, end, from, to }) => ({ start, end, from, to }));
}
