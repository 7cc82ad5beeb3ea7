import { type OptionValues, readOptions, type Token, tokenizers } from "@heatword/core";
import "@heatword/datasets/tokenizers";
import { fixturesFolder } from "../../_skip.ts";

/** The words of a text by a tokenizer. */
export async function tokensOf(
  name: string,
  text: string,
  options: OptionValues = {},
  vocabulary?: ReadonlyMap<string, number>,
): Promise<readonly Token[]> {
  const tokenizer = tokenizers.get(name);
  const tokenize = await tokenizer.open(
    readOptions(tokenizer.options, options),
    vocabulary ? { vocabulary } : {},
  );
  return tokenize(text).tokens;
}

/** Their texts alone. */
export async function wordsOf(...args: Parameters<typeof tokensOf>): Promise<string[]> {
  return (await tokensOf(...args)).map(({ text }) => text);
}

/** What other implementations make of texts. */
export function readFixture(name: string) {
  return JSON.parse(Deno.readTextFileSync(`${fixturesFolder}/text/${name}`));
}
