import { isUnseenWord, unseenParts } from "@heatword/core";
import { type Cell, tokenIndex } from "./_layout.ts";
import { piecesOf } from "./_pieces.ts";
import { type Explanation, largestRelevance } from "./explanation.ts";

/** What a heatmap needs to know of every token and offset. */
export interface Marking {
  /** Strength of each token, from −1 (against) to 1 (for). */
  readonly strengths: Float64Array;
  /** The strength in tenths, rounded away from nothing: −9 to 9. */
  readonly levels: Int8Array;
  /** The token at each offset, or −1. */
  readonly tokenAt: Int32Array;
  /** What has the relevance of each token: the token, or the unit that it is a piece of. */
  readonly owner: readonly number[];
  /** At each offset the part that is not seen, counted from 1, or 0. */
  readonly unseenAt: Int32Array;
  /** The marks of these parts, in the same order. */
  readonly unseen: readonly UnseenMark[];
  /** The words that the model does not know. */
  readonly unknown: ReadonlySet<number>;
  /** Whether the sign of a strength means anything. */
  readonly signed: boolean;
}

/** What stands below a part of the text that is not seen. */
interface UnseenMark {
  readonly mark: string;
  /** Whether it gives way to the mark of a word that reaches so far: below punctuation. */
  readonly yields: boolean;
}

/** Below what was left out, and below what was cut off. */
const [LEFT_OUT, CUT] = ["x", "^cut"];

/** Works out the marking of an explanation. */
export function marking(explanation: Explanation): Marking {
  const max = largestRelevance(explanation);
  const { text } = explanation;
  const { document, owner, unknown } = piecesOf(explanation);
  const parts = unseenParts(explanation);
  const unseenAt = new Int32Array(text.length);
  parts.forEach(({ start, end }, i) => unseenAt.fill(i + 1, start, end));
  const strengths = Float64Array.from(
    owner,
    (part) => max === 0 ? 0 : explanation.relevance[part]! / max,
  );
  return {
    strengths,
    levels: Int8Array.from(strengths, (strength) => Math.round(strength * 9)),
    tokenAt: tokenIndex(document),
    owner,
    unseenAt,
    unseen: parts.map(({ start, end, reason }) =>
      reason === "filtered"
        ? { mark: LEFT_OUT, yields: !isUnseenWord(text.slice(start, end)) }
        : { mark: CUT, yields: false }
    ),
    unknown: new Set(unknown),
    signed: explanation.signed,
  };
}

/**
 * The mark of a token: `+9` to `-9` for how strong, `9` to `1` where no sign is meant, `?` for a
 * word that the model does not know.
 *
 * @param isFirst Whether its relevance is to be told: a unit has it at its first piece.
 */
export function markOf(
  { levels, unknown, signed }: Marking,
  token: number,
  isFirst = true,
): string {
  const level = isFirst ? levels[token]! : 0;
  const sign = level < 0 ? "-" : signed ? "+" : "";
  const strength = level === 0 ? "" : `${sign}${Math.abs(level)}`;
  return strength + (unknown.has(token) ? "?" : "");
}

/** A mark at a column. */
interface PlacedMark {
  readonly column: number;
  readonly mark: string;
  readonly yields: boolean;
}

/** The marks of a line in their columns. */
function placedMarks(line: readonly Cell[], marks: Marking): PlacedMark[] {
  const places: PlacedMark[] = [];
  let column = 0;
  let token = -1;
  let owner = -1;
  let part = 0;
  for (const { offset, width } of line) {
    const [nextToken, nextPart] = [marks.tokenAt[offset]!, marks.unseenAt[offset]!];
    if (nextToken >= 0 && nextToken !== token) {
      const isFirst = marks.owner[nextToken] !== owner;
      const mark = markOf(marks, nextToken, isFirst);
      if (isFirst || mark !== "") places.push({ column, mark, yields: false });
      owner = marks.owner[nextToken]!;
    }
    if (nextPart > 0 && nextPart !== part) places.push({ column, ...marks.unseen[nextPart - 1]! });
    [token, part] = [nextToken, nextPart];
    column += width;
  }
  return places;
}

/**
 * The marks of a line, to be shown below it: each begins under the first character of its word or
 * part, and is shortened where the next one begins, unless that one gives way.
 *
 * @returns The row, without spaces at its end; empty when nothing on the line has a mark.
 */
export function markRow(line: readonly Cell[], marks: Marking): string {
  let reach = 0;
  const places = placedMarks(line, marks).filter(({ column, mark, yields }) => {
    if (yields && column < reach) return false;
    reach = column + mark.length;
    return true;
  });
  let row = "";
  places.forEach(({ column, mark }, i) => {
    const room = (places[i + 1]?.column ?? Infinity) - column;
    row = row.padEnd(column) + mark.slice(0, room);
  });
  return row.trimEnd();
}
