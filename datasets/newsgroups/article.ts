import { Buffer } from "node:buffer";
import type { Group } from "./groups.ts";

/** Which part of the "bydate" split. */
export type Split = "train" | "test";

/** A post of the corpus. */
export interface Article {
  /** Newsgroup and number, e.g. `sci.space/61393`; no two articles share one. */
  readonly id: string;
  /** The part it belongs to. */
  readonly split: Split;
  /** Its newsgroup, the true class. */
  readonly label: Group;
  /** What was written, without the header. */
  readonly text: string;
}

/**
 * Decodes ISO-8859-1: each byte is the character of that number. `TextDecoder("latin1")` is
 * windows-1252 instead, which differs from 0x80 to 0x9F.
 *
 * @param bytes The encoded text.
 * @returns The text, one UTF-16 code unit a byte.
 *
 * @example
 * ```ts
 * import { decodeLatin1 } from "@heatword/datasets/newsgroups";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(decodeLatin1(new Uint8Array([0x41, 0x85, 0xe9])), "A\u0085é");
 * ```
 */
export function decodeLatin1(bytes: Uint8Array): string {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString("latin1");
}

/**
 * Takes the header off an article: everything up to and including the first blank line.
 *
 * @param article The whole article.
 * @returns The text after the first `"\n\n"`; all of it where there is none.
 *
 * @example
 * ```ts
 * import { removeHeader } from "@heatword/datasets/newsgroups";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(removeHeader("From: a@b.c\nSubject: Moon\n\nIt is full.\n\nBye"), "It is full.\n\nBye");
 * ```
 */
export function removeHeader(article: string): string {
  const blank = article.indexOf("\n\n");
  return blank < 0 ? article : article.slice(blank + 2);
}
