import { isWord, preprocess } from "@heatword/datasets";
import { PunktParameters } from "@heatword/datasets/nltk";
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

Deno.test("isWord() keeps letters, apostrophe, hyphen and full stop, with a letter at least", () => {
  const kept = ["a", "Z", "n't", "'s", "U.S.", "x-y", "e.g", "-a", "can't-do.it"];
  const dropped = ["", ".", "...", "--", "'", "''", "``", "1", "mp3", "é", "naïve", "a_b", "a/b"];
  assertEquals([...kept, ...dropped].filter(isWord), kept);
  fc.assert(fc.property(fc.string(), (token) => {
    assertEquals(isWord(token), /^[A-Za-z'\-.]+$/.test(token) && /[A-Za-z]/.test(token));
  }));
});

Deno.test("preprocess() keeps letter case and the place of every word", () => {
  const text = "He said: \"It's 5 o'clock,\n\tisn't it?\"  Yes.";
  const { tokens, unseen, ...rest } = preprocess(text, { id: "a/1", label: "a" });
  assertEquals(rest, { text, truncated: 0, id: "a/1", label: "a" });
  assertEquals(
    tokens.map((token) => token.text),
    ["He", "said", "It", "'s", "o'clock", "is", "n't", "it", "Yes"],
  );
  for (const token of tokens) assertEquals(text.slice(token.start, token.end), token.text);
  assertEquals(
    unseen!.map(({ start, end, reason }) => [text.slice(start, end), reason]),
    [":", '"', "5", ",", '?"', "."].map((part) => [part, "filtered"]),
  );
});

Deno.test("preprocess() leaves id and label out where none is given", () => {
  assertEquals(preprocess(""), { text: "", tokens: [], truncated: 0 });
  const { unseen, ...rest } = preprocess(" 1 + 1 = 2 ");
  assertEquals(rest, { text: " 1 + 1 = 2 ", tokens: [], truncated: 0 });
  const left = unseen!.map(({ start, end, reason }) => [" 1 + 1 = 2 ".slice(start, end), reason]);
  assertEquals(left, ["1", "+", "1", "=", "2"].map((what) => [what, "filtered"]));
});

Deno.test("preprocess() counts what it cuts off", () => {
  const text = "word 1 ".repeat(500);
  const all = Array.from(
    { length: 500 },
    (_, i) => ({ text: "word", start: 7 * i, end: 7 * i + 4 }),
  );
  assertEquals(preprocess(text).tokens, all.slice(0, 400));
  assertEquals(preprocess(text).truncated, 100);
  assertEquals(preprocess(text).text, text);
  assertEquals(preprocess(text, { maxTokens: 500 }).truncated, 0);
  assertEquals(preprocess(text, { maxTokens: Infinity }).tokens, all);
  assertEquals(preprocess(text, { maxTokens: 1 }).tokens, [{ text: "word", start: 0, end: 4 }]);
});

Deno.test("preprocess() refuses a length that is none", () => {
  for (const maxTokens of [0, -1, 1.5, NaN]) {
    assertThrows(
      () => preprocess("a", { maxTokens }),
      RangeError,
      `Cannot keep ${maxTokens} tokens`,
    );
  }
});

Deno.test("preprocess() passes Punkt's parameters on", () => {
  const parameters = new PunktParameters();
  const words = () =>
    preprocess("See Dr. Who. Bye.", { parameters }).tokens.map(({ text }) => text);
  assertEquals(words(), ["See", "Dr", "Who", "Bye"]);
  parameters.abbrevTypes.add("dr");
  assertEquals(words(), ["See", "Dr.", "Who", "Bye"]);
});

Deno.test("preprocess() gives words in order that do not overlap, of any text", () => {
  fc.assert(fc.property(fc.string({ unit: "grapheme" }), (text) => {
    let last = 0;
    for (const { start, end, text: word } of preprocess(text).tokens) {
      assert(start >= last && end > start && end <= text.length);
      assertEquals(text.slice(start, end), word);
      last = end;
    }
  }));
});

Deno.test("preprocess() keeps just so many words, also where only one is too many", () => {
  for (const [words, kept, truncated] of [[3, 3, 0], [4, 4, 0], [5, 4, 1], [6, 4, 2]] as const) {
    const text = Array.from({ length: words }, (_, i) => "abcdef"[i]!.repeat(3)).join(" ");
    const found = preprocess(text, { maxTokens: 4 });
    assertEquals([found.tokens.length, found.truncated], [kept, truncated]);
    assertEquals(found.tokens.map((token) => token.text), text.split(" ").slice(0, kept));
  }
});
