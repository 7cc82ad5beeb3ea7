import { type Check, failCheck } from "../checks.ts";
import { type OptionValues, readOptions, trialValues } from "../options.ts";
import type { Tokenize, TokenizedText, Tokenizer, TokenizerResources } from "../tokenizer.ts";
import { checkCharacters, checkPlaces, checkTokens, checkUnseen } from "./_places.ts";
import { longText, plainText } from "./_texts.ts";

/** Most milliseconds for a text of 100,000 characters. */
const MAX_TIME = 10_000;

/** The tokenizer under test. */
export class TokenizerSubject {
  #opened: Promise<Tokenize> | undefined;

  /**
   * Puts a tokenizer under test.
   *
   * @param tokenizer The tokenizer.
   * @param resources Where it may look for tables.
   * @param texts What it is tried on.
   */
  constructor(
    readonly tokenizer: Tokenizer,
    readonly resources: TokenizerResources,
    readonly texts: readonly (readonly [name: string, text: string])[],
  ) {}

  /** Opens it anew. */
  async open(options: OptionValues = {}): Promise<Tokenize> {
    const { tokenizer } = this;
    const tokenize = await tokenizer.open(readOptions(tokenizer.options, options), this.resources);
    return typeof tokenize === "function" ? tokenize : failCheck('"open" gives no function');
  }

  /** Opened with the default options; once. */
  get opened(): Promise<Tokenize> {
    return this.#opened ??= this.open();
  }

  /** Runs a check on what becomes of each text; what is wrong is said with the name of the text. */
  async onTexts(check: (text: string, cut: TokenizedText) => void, tokenize?: Tokenize) {
    const cut = tokenize ?? await this.opened;
    for (const [name, text] of this.texts) onText(name, text, cut, check);
  }
}

function onText(
  name: string,
  text: string,
  tokenize: Tokenize,
  check: (text: string, cut: TokenizedText) => void,
): void {
  try {
    check(text, tokenize(text));
  } catch (error) {
    failCheck(`${(error as Error).message}, in a text ${name}`);
  }
}

/** What must hold of every text. */
function checkCut(text: string, { tokens, unseen }: TokenizedText): void {
  checkTokens(text, tokens);
  if (unseen !== undefined) checkUnseen(text, tokens, unseen);
}

/** The checks of a tokenizer. */
export const tokenizerChecks: readonly Check<TokenizerSubject>[] = [{
  name: "gives words in order, in the text and apart from each other",
  run: (subject) => subject.onTexts((text, { tokens }) => checkTokens(text, tokens)),
}, {
  name: "says all that it leaves out, or leaves it to be found",
  run: (subject) =>
    subject.onTexts((text, { tokens, unseen }) => {
      if (unseen !== undefined) checkUnseen(text, tokens, unseen);
    }),
}, {
  name: "gives each word the place where it stands",
  run: async (subject) =>
    onText("that is plain", plainText, await subject.opened, (text, cut) => {
      checkPlaces(text, cut.tokens);
    }),
}, {
  name: "cuts no character in two",
  run: (subject) => subject.onTexts((text, { tokens }) => checkCharacters(text, tokens)),
}, {
  name: "cuts a text the same way each time",
  async run(subject) {
    const cuts = async (tokenize: Tokenize) => {
      const found: string[] = [];
      await subject.onTexts((_, cut) => found.push(JSON.stringify(cut)), tokenize);
      return found;
    };
    const tokenize = await subject.opened;
    const [once, again] = [await cuts(tokenize), await cuts(tokenize)];
    const anew = await cuts(await subject.open());
    subject.texts.forEach(([name], i) => {
      if (once[i] !== again[i]) failCheck(`a text ${name} is cut in another way the second time`);
      if (once[i] !== anew[i]) failCheck(`a text ${name} is cut in another way when opened anew`);
    });
  },
}, {
  name: "takes texts of 100,000 characters",
  async run(subject) {
    const tokenize = await subject.opened;
    const texts = {
      "of 100,000 characters": longText(25_000).slice(0, 100_000),
      "of one word of 100,000 letters": "a".repeat(100_000),
    };
    for (const [name, text] of Object.entries(texts)) {
      const start = performance.now();
      onText(name, text, tokenize, checkCut);
      const time = performance.now() - start;
      if (time > MAX_TIME) failCheck(`a text ${name} takes ${(time / 1000).toFixed(1)} seconds`);
    }
  },
}, {
  name: "takes every choice and the least value of its options",
  skip: ({ tokenizer: { options } }) =>
    Object.keys(options).length > 0 ? undefined : "it has no options",
  async run(subject) {
    for (const [name, spec] of Object.entries(subject.tokenizer.options)) {
      for (const value of trialValues(spec)) {
        try {
          await subject.onTexts(checkCut, await subject.open({ [name]: value }));
        } catch (error) {
          failCheck(`${(error as Error).message}, with option ${name}=${value}`);
        }
      }
    }
  },
}];
