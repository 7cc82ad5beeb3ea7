/// <reference lib="dom" />
import type { UnseenSpan } from "@heatword/core";
import type { Words } from "./protocol.ts";

/** A piece of a text as a heatmap shows it: a word, what is between words, or what is not seen. */
export interface Piece {
  readonly kind: "word" | "between" | UnseenSpan["reason"];
  readonly text: string;
}

/** A text in pieces, in text order; each node of a heatmap is one of them. */
export function piecesOf(text: string, { starts, ends, unseen }: Words): Piece[] {
  const pieces: Piece[] = [];
  let next = 0;
  const between = (from: number, to: number) => {
    let at = from;
    for (; next < unseen.length && unseen[next]!.start < to; next++) {
      const { start, end, reason } = unseen[next]!;
      if (start > at) pieces.push({ kind: "between", text: text.slice(at, start) });
      pieces.push({ kind: reason, text: text.slice(start, end) });
      at = end;
    }
    if (to > at) pieces.push({ kind: "between", text: text.slice(at, to) });
  };
  let shown = 0;
  starts.forEach((start, t) => {
    const end = ends[t]!;
    if (start > shown) between(shown, start);
    pieces.push({ kind: "word", text: text.slice(Math.max(shown, start), end) });
    shown = Math.max(shown, end);
  });
  between(shown, text.length);
  return pieces;
}

const same = (a: Piece | undefined, b: Piece | undefined) =>
  a?.kind === b?.kind && a?.text === b?.text;

/**
 * Makes the nodes of an element those of other pieces. Nodes at the start and at the end that stay what
 * they are are left alone: a letter that is typed changes one of hundreds.
 *
 * @param element The element; it has a node for each piece.
 * @param before Its pieces.
 * @param after What they shall be.
 * @param make Makes the node of a piece.
 */
export function setPieces(
  element: Pick<Element, "childNodes" | "insertBefore" | "removeChild">,
  before: readonly Piece[],
  after: readonly Piece[],
  make: (piece: Piece) => Node,
): void {
  const most = Math.min(before.length, after.length);
  let head = 0;
  while (head < most && same(before[head], after[head])) head++;
  let tail = 0;
  while (tail < most - head && same(before.at(-1 - tail), after.at(-1 - tail))) tail++;
  const nodes = [...element.childNodes];
  for (const node of nodes.slice(head, before.length - tail)) element.removeChild(node);
  const behind = nodes[before.length - tail] ?? null;
  for (const piece of after.slice(head, after.length - tail)) {
    element.insertBefore(make(piece), behind);
  }
}
