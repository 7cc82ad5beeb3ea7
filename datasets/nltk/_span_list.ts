import type { TokenSpan } from "./token_span.ts";

/** How a token's text comes from the raw text. */
export const Quote = { NONE: 0, OPENING: 1, CLOSING: 2 } as const;

/** A growing list of tokens: offsets into the raw text, and whether a `"` was rewritten. */
export class SpanList {
  /** Number of tokens. */
  length = 0;
  /** Start of each token. */
  starts: Int32Array;
  /** End of each token. */
  ends: Int32Array;
  /** One of {@linkcode Quote} for each token. */
  quotes: Uint8Array;

  constructor(capacity: number) {
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.quotes = new Uint8Array(capacity);
  }

  push(start: number, end: number, quote: number): void {
    const i = this.length++;
    if (i === this.starts.length) this.#grow();
    this.starts[i] = start;
    this.ends[i] = end;
    this.quotes[i] = quote;
  }

  /** The tokens in NLTK's form. */
  texts(text: string): string[] {
    const texts = new Array<string>(this.length);
    for (let i = 0; i < this.length; i++) texts[i] = this.#textAt(text, i);
    return texts;
  }

  /** The tokens in NLTK's form, each with its place. */
  tokens(text: string): TokenSpan[] {
    const tokens = new Array<TokenSpan>(this.length);
    for (let i = 0; i < this.length; i++) {
      tokens[i] = { text: this.#textAt(text, i), start: this.starts[i]!, end: this.ends[i]! };
    }
    return tokens;
  }

  #textAt(text: string, i: number): string {
    const quote = this.quotes[i]!;
    if (quote !== Quote.NONE) return quote === Quote.OPENING ? "``" : "''";
    return text.slice(this.starts[i]!, this.ends[i]!);
  }

  #grow(): void {
    const capacity = this.starts.length * 2;
    const [starts, ends, quotes] = [this.starts, this.ends, this.quotes];
    this.starts = new Int32Array(capacity);
    this.ends = new Int32Array(capacity);
    this.quotes = new Uint8Array(capacity);
    this.starts.set(starts);
    this.ends.set(ends);
    this.quotes.set(quotes);
  }
}
