import { Tokenizer } from "@huggingface/tokenizers";
import { align } from "./_align.ts";
import { type Piece, placeTokens, type Spelling } from "./_pieces.ts";

/** What a model is given of a text. */
export interface Subwords {
  /** The ids, without special tokens. */
  readonly ids: readonly number[];
  /** Where each stands in the text. */
  readonly pieces: readonly Piece[];
}

/** The parts of `tokenizer.json` that say how it spells. */
interface TokenizerJson {
  readonly model?: {
    readonly type?: string;
    readonly continuing_subword_prefix?: string;
    readonly end_of_word_suffix?: string | null;
    readonly continuing_subword_suffix?: string | null;
  };
  readonly pre_tokenizer?: PreTokenizerJson | null;
  readonly truncation?: { readonly max_length?: number } | null;
}

interface PreTokenizerJson {
  readonly type?: string;
  readonly pretokenizers?: readonly PreTokenizerJson[];
}

/** The parts of `tokenizer_config.json` that are read here. */
export interface TokenizerConfig {
  readonly model_max_length?: number;
  readonly truncation_side?: string;
  readonly remove_space?: boolean;
  readonly do_lowercase_and_remove_accent?: boolean;
  readonly [name: string]: unknown;
}

const isByteLevel = (json: PreTokenizerJson | null | undefined): boolean =>
  json?.type === "ByteLevel" || (json?.pretokenizers ?? []).some(isByteLevel);

function spellingOf({ model = {}, pre_tokenizer }: TokenizerJson): Spelling {
  // Old files do not name the type, but only these have a prefix.
  const type = model.type ?? (model.continuing_subword_prefix ? "WordPiece" : "BPE");
  return {
    bytes: isByteLevel(pre_tokenizer),
    wholeWords: type === "WordPiece" || type === "WordLevel",
    prefix: model.continuing_subword_prefix ?? "",
    suffixes: [model.end_of_word_suffix ?? "", model.continuing_subword_suffix ?? ""],
  };
}

/** Cuts texts into what a model of Hugging Face knows, and says where each part stands. */
export class SubwordTokenizer {
  /** Most tokens, special ones included, as far as its files say so. */
  readonly maxLength: number;
  /** Which end of a text that is too long is left out. */
  readonly truncatingSide: "pre" | "post";
  /** The ids before and after those of a text, and of what type each is. */
  readonly around: { readonly before: readonly number[]; readonly after: readonly number[] };
  readonly #tokenizer: Tokenizer;
  readonly #config: TokenizerConfig;
  readonly #spelling: Spelling;
  readonly #atoms = new Map<string, string>();

  /**
   * Makes a tokenizer of its files.
   *
   * @param json The content of `tokenizer.json`.
   * @param config The content of `tokenizer_config.json`, or nothing in it.
   * @throws {SyntaxError} If it is none that can be used; the message is the end of a sentence.
   */
  constructor(json: object, config: TokenizerConfig) {
    if (config.do_lowercase_and_remove_accent === true) {
      throw new SyntaxError("it rewrites texts as XLM did, and its tokens cannot be placed");
    }
    try {
      this.#tokenizer = new Tokenizer(json, config);
    } catch (error) {
      throw new SyntaxError((error as Error).message);
    }
    this.#config = config;
    this.#spelling = spellingOf(json);
    const { truncation } = json as TokenizerJson;
    this.maxLength = Math.min(
      truncation?.max_length ?? Infinity,
      config.model_max_length ?? Infinity,
    );
    this.truncatingSide = config.truncation_side === "left" ? "pre" : "post";
    this.around = this.#findAround();
  }

  /** The id of a special token, where there is one. */
  idOf(name: "mask_token" | "pad_token" | "unk_token"): number | undefined {
    const given = this.#config[name];
    const token = typeof given === "object" && given !== null && "content" in given
      ? given.content
      : given;
    return typeof token === "string" ? this.#tokenizer.token_to_id(token) : undefined;
  }

  /** The id that stands for what is not known. */
  get unknown(): number | undefined {
    return this.#tokenizer.model?.unk_token_id ?? this.idOf("unk_token");
  }

  #findAround(): SubwordTokenizer["around"] {
    const text = "a";
    const whole = this.#tokenizer.encode(text).ids;
    const inside = this.#tokenizer.encode(text, { add_special_tokens: false }).ids;
    for (let from = 0; from + inside.length <= whole.length; from++) {
      if (!inside.every((id, i) => whole[from + i] === id)) continue;
      return { before: whole.slice(0, from), after: whole.slice(from + inside.length) };
    }
    throw new SyntaxError("it changes a text where it adds special tokens");
  }

  /**
   * Cuts a text.
   *
   * @param text The text.
   * @returns Its tokens with their places, however many.
   * @throws {SyntaxError} If the places cannot be found.
   * @throws {RangeError} If the library cannot take so long a text.
   */
  cut(text: string): Subwords {
    try {
      return this.#cut(text);
    } catch (error) {
      // It passes all tokens of a text on as arguments of one call.
      if (!/call stack/i.test((error as Error).message)) throw error;
      throw new RangeError(
        `Cannot read a text of ${text.length} characters: its tokens are too many for the tokenizer of ` +
          "the model; cut it",
      );
    }
  }

  #cut(text: string): Subwords {
    const pieces: Piece[] = [];
    let at = 0;
    // The library has the parts in this order, but keeps no places.
    const sections = this.#split("splitter_unnormalized", text);
    sections.forEach((section, index) => {
      const start = section === "" ? at : text.indexOf(section, at);
      at = start + section.length;
      this.#cutSection(text, section, start, index, pieces);
    });
    const ids = pieces.map(({ token }) => this.#id(token));
    const expected = this.#tokenizer.encode(text, { add_special_tokens: false }).ids;
    if (ids.length !== expected.length || ids.some((id, i) => id !== expected[i])) {
      throw new SyntaxError(
        "Cannot find the places of the tokens of the text: its tokenizer cuts in a way that is not known",
      );
    }
    return { ids, pieces };
  }

  #id(token: string): number {
    const tokenizer = this.#tokenizer;
    return tokenizer["added_tokens_map"].get(token)?.id ?? tokenizer.token_to_id(token) ??
      this.unknown!;
  }

  /** Cuts out the tokens that stand in a text as they are, with the blanks beside them that they take. */
  #split(splitter: "splitter_unnormalized" | "splitter_normalized", text: string): string[] {
    const sections: string[] = this.#tokenizer[splitter].split(text);
    sections.forEach((section, i) => {
      const added = this.#tokenizer["added_tokens_map"].get(section);
      if (added?.lstrip && i > 0) sections[i - 1] = sections[i - 1]!.trimEnd();
      if (added?.rstrip && i + 1 < sections.length) sections[i + 1] = sections[i + 1]!.trimStart();
    });
    return sections;
  }

  #cutSection(
    text: string,
    section: string,
    start: number,
    index: number,
    pieces: Piece[],
  ): void {
    if (section === "") return;
    const first = (pieces.at(-1)?.word ?? -1) + 1;
    const added = this.#tokenizer["added_tokens_map"];
    if (added.has(section)) {
      pieces.push({ token: section, start, end: start + section.length, word: first });
      return;
    }
    const { text: whole, starts, ends } = align(
      section,
      (atom) => this.#rewriteAtom(atom),
      (all) => this.#rewrite(all),
    );
    let at = 0;
    for (const part of this.#split("splitter_normalized", whole)) {
      if (part === "") continue;
      const from = whole.indexOf(part, at);
      at = from + part.length;
      const word = (pieces.at(-1)?.word ?? -1) + 1;
      const place = (list: readonly number[]) => list.slice(from, at).map((unit) => start + unit);
      const [partStarts, partEnds] = [place(starts), place(ends)];
      if (added.has(part)) {
        pieces.push({ token: part, start: partStarts[0]!, end: partEnds.at(-1)!, word });
        continue;
      }
      const words = this.#words(part, index);
      const tokens = this.#tokenizer.model!(words) as string[];
      const aligned = { text: part, starts: partStarts, ends: partEnds };
      for (const piece of placeTokens(aligned, words, tokens, this.#spelling, text)) {
        pieces.push({ ...piece, word: word + piece.word });
      }
    }
  }

  #words(text: string, index: number): string[] {
    const cut = this.#tokenizer.pre_tokenizer;
    return cut ? cut(text, { section_index: index }) : [text];
  }

  #rewriteAtom(atom: string): string {
    let known = this.#atoms.get(atom);
    if (known === undefined) {
      known = this.#tokenizer.normalizer ? this.#tokenizer.normalizer(atom) : atom;
      if (this.#atoms.size < 10_000) this.#atoms.set(atom, known);
    }
    return known;
  }

  #rewrite(text: string): string {
    const plain = this.#config.remove_space === true ? text.trim().split(/\s+/).join(" ") : text;
    return this.#tokenizer.normalizer ? this.#tokenizer.normalizer(plain) : plain;
  }
}
