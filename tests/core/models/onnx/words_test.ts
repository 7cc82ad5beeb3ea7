// Where the tokens of Hugging Face's tokenizers stand in a text, which these do not say themselves.
import type { Token } from "@heatword/core";
import "@heatword/datasets/tokenizers";
import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { byteCharacters } from "../../../../core/models/onnx/_pieces.ts";
import { SubwordTokenizer } from "../../../../core/models/onnx/_subwords.ts";
import { ownersOf, unitsOf } from "../../../../core/models/onnx/_words.ts";
import { byteLevel, sentencePieces, SPECIAL, tokenizerConfig, wordPiece } from "./_made_folder.ts";

const letters = [..."abcdefghijklmnopqrstuvwxyz0123456789σςοδßм月한"];
const bert = new SubwordTokenizer(
  wordPiece([
    ...letters,
    ...letters.map((l) => `##${l}`),
    ..."!.,'-$()[]",
    "good",
    "film",
    "##ing",
  ]),
  tokenizerConfig,
);

/** Stands for a blank. */
const space = byteCharacters[0x20]!;
const bytes = new SubwordTokenizer(
  byteLevel(byteCharacters, [["o", "o"], ["g", "oo"], ["goo", "d"], [space, "good"]]),
  { unk_token: "<unk>", mask_token: "<mask>", truncation_side: "left" },
);

const unigram = new SubwordTokenizer(
  sentencePieces(["▁", ...letters, "▁good", "▁film", "ing", "."]),
  {},
);

/** The tokens, each with what it stands for. */
const placed = (tokenizer: SubwordTokenizer, text: string) =>
  tokenizer.cut(text).pieces.map(({ token, start, end }) => [token, text.slice(start, end)]);

Deno.test("tokens stand for what they were made of, however the tokenizer rewrites it", () => {
  assertEquals(placed(bert, "Good filming!"), [
    ["good", "Good"],
    ["film", "film"],
    ["##ing", "ing"],
    ["!", "!"],
  ]);
  // An accent that is stripped, composed and not; a letter that becomes two and then one.
  assertEquals(placed(bert, "é e\u0301 İ"), [["e", "é"], ["e", "e\u0301"], ["i", "İ"]]);
  // The last sigma of a word becomes another letter than it is alone.
  assertEquals(placed(bert, "ΟΔΟΣ."), [
    ["ο", "Ο"],
    ["##δ", "Δ"],
    ["##ο", "Ο"],
    ["##ς", "Σ"],
    [".", "."],
  ]);
  // Blanks around ideographs, emoji of several characters, and what is dropped.
  assertEquals(placed(bert, "a月b\u00a0c"), [["a", "a"], ["月", "月"], ["b", "b"], ["c", "c"]]);
  assertEquals(placed(bert, "a 👩‍👩‍👧 b"), [["a", "a"], ["[UNK]", "👩‍👩‍👧"], ["b", "b"]]);
  assertEquals(placed(bert, "\ud800a\u200bb \udc00 c"), [["a", "a"], ["##b", "b"], ["c", "c"]]);
  assertEquals(placed(bert, " \t\n"), []);
});

Deno.test("a special token that is typed in a text has its place", () => {
  assertEquals(placed(bert, "a [MASK] b[SEP]c"), [
    ["a", "a"],
    ["[MASK]", "[MASK]"],
    ["b", "b"],
    ["[SEP]", "[SEP]"],
    ["c", "c"],
  ]);
  assertEquals(bert.cut("[MASK] [mask]").ids.slice(0, 1), [SPECIAL.indexOf("[MASK]")]);
});

Deno.test("tokens of bytes stand for characters, a part of one for all of it", () => {
  assertEquals(placed(bytes, "good good"), [["good", "good"], [`${space}good`, "good"]]);
  assertEquals(placed(bytes, "é 🚀").map(([, part]) => part), [
    "é",
    "é",
    "",
    "🚀",
    "🚀",
    "🚀",
    "🚀",
  ]);
});

Deno.test("pieces of a whole text have their places, unknown letters and many blanks too", () => {
  assertEquals(placed(unigram, "good  filming."), [
    ["▁good", "good"],
    ["▁film", "film"],
    ["ing", "ing"],
    [".", "."],
  ]);
  assertEquals(placed(unigram, "a ЖЖ b"), [
    ["▁", ""],
    ["a", "a"],
    ["▁", ""],
    ["ЖЖ", "ЖЖ"],
    ["▁", ""],
    ["b", "b"],
  ]);
});

/** Text with everything that is easily placed wrongly. */
const awkward = fc.array(
  fc.constantFrom(
    ...[
      "a",
      "B",
      "good",
      "film",
      "ing",
      "é",
      "e\u0301",
      "İ",
      "ß",
      "Σ",
      "月",
      "한",
      "\u1112\u1161",
      "🚀",
      "👩‍👩‍👧",
    ],
    ...[
      "\ud800",
      "\udc00",
      " ",
      "  ",
      "\n",
      "\u00a0",
      "\u200b",
      ".",
      "!",
      "'",
      "-",
      "[MASK]",
      "\0",
      "ﬁ",
      "①",
    ],
  ),
  { maxLength: 24 },
).map((parts) => parts.join(""));

Deno.test("tokens stand in the order of the text, and bytes for just themselves", () => {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  const place = new Map(byteCharacters.map((character, byte) => [character, byte]));
  fc.assert(
    fc.property(awkward, (text) => {
      for (const tokenizer of [bert, bytes, unigram]) {
        const { ids, pieces } = tokenizer.cut(text);
        assertEquals(ids.length, pieces.length);
        pieces.forEach(({ start, end }, i) => {
          assertEquals(0 <= start && start <= end && end <= text.length, true);
          assertEquals(start >= (pieces[i - 1]?.start ?? 0), true, JSON.stringify(text));
        });
      }
      // What is whole characters of UTF-8 says itself what it stands for.
      for (const { token, start, end } of bytes.cut(text).pieces) {
        let said: string;
        try {
          said = decoder.decode(Uint8Array.from(token, (character) => place.get(character)!));
        } catch {
          continue;
        }
        assertEquals(
          said.trim(),
          text.slice(start, end).toWellFormed().trim(),
          JSON.stringify(text),
        );
      }
    }),
    { numRuns: 200, seed: 1 },
  );
});

Deno.test("every token that is not blank lies in one word, and no word is without one", () => {
  const words = (text: string): Token[] =>
    [...text.matchAll(/[\p{L}\p{N}]/gu)].map(({ 0: word, index }) => {
      return { text: word, start: index, end: index + word.length };
    });
  fc.assert(
    fc.property(awkward, (text) => {
      for (const tokenizer of [bert, bytes, unigram]) {
        const { pieces } = tokenizer.cut(text);
        const units = unitsOf(text, words(text), pieces);
        const owners = ownersOf(units, pieces);
        pieces.forEach(({ start, end }, i) => {
          const inside = units.filter((unit) => unit.start <= start && end <= unit.end);
          if (end > start) assertEquals(inside, [units[owners[i]!]]);
        });
        assertEquals(
          [...new Set(owners)].filter((owner) => owner >= 0).toSorted((a, b) => a - b),
          [...units.keys()],
        );
        units.forEach(({ start }, u) => assertEquals(start >= (units[u - 1]?.end ?? 0), true));
      }
    }),
    { numRuns: 200, seed: 2 },
  );
});

Deno.test("words that share a token are one, and punctuation is words", () => {
  const word = (text: string, start: number) => ({ text, start, end: start + text.length });
  const text = "a→b don't. Ж";
  const words = [word("a", 0), word("b", 2), word("don't", 4), word("Ж", 11)];
  const { pieces } = bert.cut(text);
  const units = unitsOf(text, words, pieces);
  assertEquals(units, [word("a→b", 0), word("don't", 4), word(".", 9), word("Ж", 11)]);
  assertEquals(pieces.map(({ token }) => token), [
    "[UNK]",
    ..."d ##o ##n ' t .".split(" "),
    "[UNK]",
  ]);
  assertEquals([...ownersOf(units, pieces)], [0, 1, 1, 1, 1, 1, 2, 3]);
});

Deno.test("of words of others a token belongs to the one that it overlaps most", () => {
  const { pieces } = bert.cut("good");
  const cutAt = (place: number) => [{ start: 0, end: place }, { start: place, end: 4 }];
  assertEquals([1, 2, 3].map((place) => [...ownersOf(cutAt(place), pieces)]), [[1], [0], [0]]);
  assertEquals([...ownersOf([{ start: 4, end: 9 }], pieces)], [-1]);
});

Deno.test("the blank before a word belongs to it", () => {
  const { pieces } = unigram.cut("a ЖЖ b ");
  const words = [[0, 1], [2, 4], [5, 6]].map(([start, end]) => ({ start: start!, end: end! }));
  assertEquals([...ownersOf(words, pieces)], [0, 0, 1, 1, 2, 2, 2]);
});

Deno.test("long texts are cut, and those that are too long for the library are told so", () => {
  for (const tokenizer of [bert, bytes]) {
    const { pieces } = tokenizer.cut("a good film! ".repeat(2000));
    assertEquals(pieces.filter(({ token }) => token === "!").at(-1)!.end, 25_999);
  }
  assertThrows(
    () => unigram.cut("ab".repeat(80_000)),
    RangeError,
    "Cannot read a text of 160000 characters",
  );
});

Deno.test("what stands around a text, and which end is cut off, is said by the files", () => {
  assertEquals([bert.around, bert.maxLength, bert.truncatingSide], [
    { before: [2], after: [3] },
    16,
    "post",
  ]);
  assertEquals([bytes.maxLength, bytes.truncatingSide], [Infinity, "pre"]);
  assertEquals([bert.idOf("mask_token"), bert.unknown, unigram.idOf("mask_token")], [
    SPECIAL.indexOf("[MASK]"),
    SPECIAL.indexOf("[UNK]"),
    undefined,
  ]);
});

Deno.test("what is no tokenizer is refused", () => {
  assertThrows(() => new SubwordTokenizer({}, {}), SyntaxError);
  assertThrows(
    () => new SubwordTokenizer(wordPiece([]), { do_lowercase_and_remove_accent: true }),
    SyntaxError,
    "XLM",
  );
});
