import {
  cutSpan,
  defineTokenizer,
  openReader,
  parseReading,
  readText,
  type Tokenize,
  tokenizers,
} from "@heatword/core";
import { assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

const words: Tokenize = (text) => ({
  tokens: [...text.matchAll(/[a-z]+/g)].map(({ 0: word, index }) => {
    return { text: word, start: index, end: index + word.length };
  }),
});

Deno.test("readText() keeps the first words or the last, and tells which part was cut off", () => {
  const text = "one, two three four";
  const read = (limit: Parameters<typeof readText>[2]) => {
    const document = readText(words, text, limit);
    return [
      document.tokens.map(({ text }) => text).join(" "),
      document.truncated,
      text.slice(...cutSpan(document)),
    ];
  };
  assertEquals(read({}), ["one two three four", 0, ""]);
  assertEquals(read(2), ["one two", 2, " three four"]);
  assertEquals(read({ maxWords: 2 }), ["one two", 2, " three four"]);
  assertEquals(read({ maxWords: 2, truncatingSide: "pre" }), ["three four", 2, "one, two "]);
  assertEquals(read({ maxWords: 9, truncatingSide: "pre" }), ["one two three four", 0, ""]);
});

Deno.test("readText() counts the words that count alone", () => {
  const text = "x one x two x three x";
  const counts = (word: string) => word !== "x";
  const read = (truncatingSide: "pre" | "post", maxWords: number) =>
    readText(words, text, { maxWords, truncatingSide, counts }).tokens.map(({ text }) => text)
      .join(" ");
  assertEquals(read("post", 2), "x one x two x");
  assertEquals(read("pre", 2), "x two x three x");
  assertEquals(read("post", 3), text);
  assertEquals(read("pre", 3), text);
});

Deno.test("what is cut off and what is kept are all words, on one side of each other", () => {
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("x", "ab", "cde"), { maxLength: 8 }),
      fc.integer({ min: 1, max: 8 }),
      fc.constantFrom("pre" as const, "post" as const),
      fc.boolean(),
      (list, maxWords, truncatingSide, some) => {
        const counts = (word: string) => !some || word !== "x";
        const limit = { maxWords, truncatingSide, counts };
        const { tokens, truncated = 0 } = readText(words, list.join(" "), limit);
        const kept = tokens.map(({ text }) => text);
        assertEquals(kept.length + truncated, list.length);
        const isFront = truncatingSide === "pre";
        assertEquals(kept, isFront ? list.slice(truncated) : list.slice(0, kept.length));
        const counted = kept.filter(counts).length;
        assertEquals(counted, Math.min(maxWords, list.filter(counts).length));
      },
    ),
    { seed: 4 },
  );
});

Deno.test("a reader goes by the side on which a folder says that texts are cut", async () => {
  const lone = tokenizers.register(defineTokenizer({
    name: "lone-letters",
    description: "Runs of lower-case letters",
    options: {},
    tokenize: words,
  }));
  const reading = parseReading({ tokenizer: lone.name, maxWords: 1, truncatingSide: "pre" });
  const { tokens } = (await openReader(reading)).read("one two");
  assertEquals(tokens.map(({ text }) => text), ["two"]);
  assertThrows(
    () => parseReading({ tokenizer: lone.name, truncatingSide: "left" }),
    SyntaxError,
    '"truncatingSide" is "left", neither "post" nor "pre"',
  );
});
