import { checkCard, type Checked, runChecks } from "../checks.ts";
import { describeOptions, type OptionSpecs } from "../options.ts";
import { assertTokenizer, type Tokenizer, type TokenizerResources } from "../tokenizer.ts";
import { awkwardTexts } from "./_texts.ts";
import { tokenizerChecks, TokenizerSubject } from "./_tokenizer_checks.ts";

/** What became of the checks of a tokenizer. */
export interface TokenizerReport extends Checked {
  /** The tokenizer that was checked. */
  readonly tokenizer: Tokenizer;
}

/** Options of {@linkcode checkTokenizer}. */
export interface TokenizerCheckOptions {
  /** Where the tokenizer may look for tables. @default {nowhere} */
  readonly resources?: TokenizerResources;
  /** Texts that it is tried on besides those of the kit. @default {[]} */
  readonly texts?: readonly string[];
}

/**
 * Proves a tokenizer right, as far as that can be done from outside: tries it on awkward texts
 * (empty, blank, with combining marks, emoji, lone surrogates, from right to left, very long), and
 * checks that its words are in order, lie where they stand, do not overlap, and are the same each
 * time.
 *
 * @param tokenizer The tokenizer; it need not be registered.
 * @param options Tables and more texts.
 * @returns What became of each check; nothing is thrown for a check that fails.
 *
 * @example
 * ```ts
 * import { checkTokenizer, tokenizerCard } from "@heatword/core/check";
 * import { whitespace } from "@heatword/datasets/tokenizers";
 * import { assert, assertStringIncludes } from "@std/assert";
 *
 * const report = await checkTokenizer(whitespace);
 * assert(report.passed);
 * assertStringIncludes(tokenizerCard(report), "✓ cuts no character in two");
 * ```
 */
export async function checkTokenizer<O extends OptionSpecs>(
  tokenizer: Tokenizer<O>,
  options: TokenizerCheckOptions = {},
): Promise<TokenizerReport> {
  const { resources = {}, texts = [] } = options;
  const plain = tokenizer as unknown as Tokenizer;
  const all = [
    ...Object.entries(awkwardTexts),
    ...texts.map((text, i) => [`that was given (${i + 1})`, text] as const),
  ];
  const first = {
    name: "is well formed, and opens with its default options",
    async run(subject: TokenizerSubject) {
      assertTokenizer(tokenizer);
      await subject.opened;
    },
  };
  const subject = new TokenizerSubject(plain, resources, all);
  return { tokenizer: plain, ...await runChecks(first, tokenizerChecks, subject) };
}

/**
 * A page on a tokenizer and which checks it passes, as plain text.
 *
 * @param report What the conformance kit found.
 * @returns Lines of text.
 */
export function tokenizerCard({ tokenizer, ...checked }: TokenizerReport): string {
  return checkCard(tokenizer?.name, checked, () => [
    `  ${tokenizer.description}`,
    "",
    ...describeOptions(tokenizer.options),
  ]);
}
