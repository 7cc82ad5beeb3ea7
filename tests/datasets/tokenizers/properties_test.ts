import { type OptionValues, readText, tokenizers } from "@heatword/core";
import { readOptions } from "@heatword/core";
import "@heatword/datasets/tokenizers";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

/** Texts of pieces that are awkward to cut. */
const text = fc.array(
  fc.oneof(
    fc.string({ unit: "binary", maxLength: 4 }),
    fc.string({ maxLength: 6 }),
    fc.constantFrom(
      " ",
      "\t",
      "\r\n",
      "\u00a0",
      "İ",
      "ΟΔΟΣ",
      "e\u0301",
      "👩‍👩‍👧",
      "🇧🇷",
      "\ud83d",
      "مرحبا",
      "שָׁלוֹם",
      "我喜欢",
      "don’t",
      "3,14",
      "C++",
      "moon",
    ),
  ),
  { maxLength: 12 },
).map((parts) => parts.join(""));

const vocabulary = new Map(["moon", "c++", "3", "14", "don't", "喜", "👩", "e", "i\u0307"].map(
  (word, row) => [word, row],
));

const settings: [name: string, options: OptionValues][] = [
  ["unicode", {}],
  ["unicode", { lower: true, emoji: false }],
  ["keras", {}],
  ["keras", { charLevel: true }],
  ["keras", { lower: false, filters: "oi,", split: "+" }],
  ["whitespace", { lower: true }],
  ["characters", {}],
  ["characters", { unit: "grapheme", lower: true, blanks: false }],
  ["split", { trim: true, keep: "a-z0-9_\\s", replaceBy: "", emptyWords: "keep" }],
  ["split", { filters: ".,!", separator: " ", lower: false }],
  ["vocabulary", {}],
  ["newsgroups", {}],
  ["nltk", {}],
];

Deno.test("tokens stand in order, do not overlap, and what is left out is told", async (t) => {
  for (const [name, options] of settings) {
    const tokenizer = tokenizers.get(name);
    const tokenize = await tokenizer.open(readOptions(tokenizer.options, options), { vocabulary });
    await t.step(`${name} ${JSON.stringify(options)}`, () => {
      fc.assert(
        fc.property(text, (text) => {
          const { tokens, unseen = [] } = readText(tokenize, text);
          let last = 0;
          const covered = new Uint8Array(text.length);
          for (const { start, end } of tokens) {
            assert(start >= last && end >= start && end <= text.length);
            covered.fill(1, start, end);
            last = end;
          }
          for (const { start, end } of unseen) covered.fill(1, start, end);
          // Only blanks are neither in a word nor told to be left out.
          const rest = [...text.matchAll(/\S/gu)].filter(({ index }) => covered[index] === 0);
          assertEquals(rest.map(([character]) => character), []);
          assertEquals(readText(tokenize, text).tokens, tokens);
        }),
        { seed: 7, numRuns: 300 },
      );
    });
  }
});

Deno.test("a word is what stands at its place, but for its case", async (t) => {
  const same: [name: string, options: OptionValues, change: (word: string) => string][] = [
    ["unicode", {}, (word) => word],
    ["unicode", { lower: true }, (word) => word.toLowerCase()],
    ["keras", { lower: false }, (word) => word],
    ["whitespace", {}, (word) => word],
    ["characters", { unit: "grapheme" }, (word) => word],
    ["characters", {}, (word) => word],
  ];
  for (const [name, options, change] of same) {
    const tokenizer = tokenizers.get(name);
    const tokenize = await tokenizer.open(readOptions(tokenizer.options, options), {});
    await t.step(`${name} ${JSON.stringify(options)}`, () => {
      fc.assert(
        fc.property(text, (text) => {
          for (const token of tokenize(text).tokens) {
            assertEquals(token.text, change(text.slice(token.start, token.end)));
          }
        }),
        { seed: 8, numRuns: 300 },
      );
    });
  }
});

Deno.test("characters together are the text", async () => {
  for (const unit of ["code-point", "grapheme"]) {
    const tokenizer = tokenizers.get("characters");
    const tokenize = await tokenizer.open(readOptions(tokenizer.options, { unit }), {});
    fc.assert(
      fc.property(text, (text) => {
        assertEquals(tokenize(text).tokens.map((token) => token.text).join(""), text);
      }),
      { seed: 9, numRuns: 200 },
    );
  }
});
