/// <reference lib="dom" />
import type { UnseenSpan } from "@heatword/core";
import { isRtl } from "@heatword/core/direction";
import { el } from "./dom.ts";

/** What a heatmap needs to know of the relevances. */
export interface Heat {
  /** Relevance of each word, shape [T]. */
  readonly relevance: ArrayLike<number>;
  /** Whether negative relevance means against. */
  readonly signed: boolean;
  /** Whether colours go by the root of relevance. @default {false} */
  readonly isRoot?: boolean;
}

const LEVELS = 20;

/** Where on the scale of colours a value is, from −1 to 1. */
export function intensity(value: number, max: number, isRoot: boolean): number {
  if (max === 0) return 0;
  return isRoot ? Math.sign(value) * Math.sqrt(Math.abs(value) / max) : value / max;
}

/** The class of a colour, after a blank; empty where there is none. */
export function heatClass(intensity: number, isSigned: boolean): string {
  const level = Math.round(LEVELS * intensity);
  // Without a sign nothing looks as if it spoke against the target.
  if (level === 0 || level < 0 && !isSigned) return "";
  return ` ${level > 0 ? "p" : "n"}${Math.abs(level)}`;
}

/** The class of a word that is not known: its question mark follows in the word's own direction. */
export function unknownClass(span: HTMLElement): string {
  return isRtl(span.textContent ?? "") ? " unknown rtl" : " unknown";
}

/** A part of the text that the model does not see. */
export function unseenPart(text: string, reason: UnseenSpan["reason"]): HTMLElement {
  const isCut = reason === "beyond the limit";
  const what = isCut ? "not seen: the model takes no more words" : "not seen by the model";
  const name = isCut ? "The rest of the text" : text;
  return el(
    "span",
    { class: "unseen", role: "img", "aria-label": `${name}, ${what}`, title: what },
    text,
  );
}
