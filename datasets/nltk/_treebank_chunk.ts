import { isSpace } from "./_unicode.ts";

/** What a chunk may contain; says which rules need to look at it. */
export const Class = {
  SPACE: 0,
  LETTER: 1,
  OTHER: 2,
  QUOTE: 4,
  COLON: 8,
  DOT: 16,
  SINGLE: 32,
  DASH: 64,
  APOSTROPHE: 128,
  BRACKET: 256,
} as const;

/** The {@linkcode Class} of each ASCII character. */
export const CLASS: Uint16Array = classes();

/** Mark of a position before which the rules put a blank. */
export const BLANK = 1;
/** Mark of a `"` that opens a quotation. */
export const OPENING = 2;

/**
 * A run of characters without white space, and what the rules know about it. `marks[i - start]` belongs
 * to position i; blanks at `start` and `end` themselves mean nothing, but may be set.
 */
export class Chunk {
  text = "";
  start = 0;
  end = 0;
  /** Union of the classes of the characters. */
  classes = 0;
  /** No character of the sentence, not even white space, stands before the chunk. */
  opensSentence = false;
  /** No chunk of the sentence follows. */
  closesSentence = false;
  /** No character of the sentence, not even white space, stands after the chunk. */
  endsSentence = false;
  /** The character before is U+0020: other white space does not make a rule fire. */
  afterBlank = false;
  /** The character after is U+0020. */
  beforeBlank = false;
  marks: Uint8Array = new Uint8Array(256);

  set(text: string, start: number, end: number, classes: number): void {
    this.text = text;
    this.start = start;
    this.end = end;
    this.classes = classes;
    const length = end - start + 1;
    if (length > this.marks.length) this.marks = new Uint8Array(2 * length);
    else this.marks.fill(0, 0, length);
  }

  /** Puts blanks around [from, to). */
  isolate(from: number, to: number): void {
    this.marks[from - this.start]! |= BLANK;
    this.marks[to - this.start]! |= BLANK;
  }

  /** Puts a blank before position i. */
  breakAt(i: number): void {
    this.marks[i - this.start]! |= BLANK;
  }

  /** Whether the rules put a blank before position i, which is inside of the chunk. */
  isBroken(i: number): boolean {
    return (this.marks[i - this.start]! & BLANK) !== 0;
  }

  /** Whether U+0020 stands before position i, which may be the chunk's end. */
  isBlankAt(i: number): boolean {
    return i === this.end ? this.beforeBlank : this.isBroken(i);
  }
}

function classes(): Uint16Array {
  const table = new Uint16Array(128);
  for (let code = 0; code < 128; code++) table[code] = isSpace(code) ? Class.SPACE : Class.OTHER;
  for (let code = 97; code <= 122; code++) table[code] = table[code - 32] = Class.LETTER;
  const set = (characters: string, bits: number) => {
    for (const character of characters) table[character.charCodeAt(0)] = bits;
  };
  set('"`', Class.QUOTE);
  set(":,", Class.COLON);
  set(".", Class.DOT);
  set(";@#$%&?!", Class.SINGLE);
  set("()[]{}<>", Class.BRACKET);
  set("-", Class.DASH);
  set("'", Class.APOSTROPHE);
  return table;
}
