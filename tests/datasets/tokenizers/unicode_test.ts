import { assertEquals } from "@std/assert";
import { lacksFixtures, testWith } from "../../_skip.ts";
import { readFixture, tokensOf, wordsOf } from "./_tokenize.ts";

interface Case {
  readonly text: string;
  readonly words: string[];
  readonly spans: [number, number][];
  readonly other: string[];
  readonly agreed: boolean;
  readonly node?: string[];
  readonly icu72?: string[];
}

testWith(
  lacksFixtures("text/unicode.json"),
  "tokenizer unicode cuts as Intl.Segmenter does, in all languages of the fixtures",
  async (t) => {
    for (
      const { text, words, spans, agreed, other, node, icu72 } of readFixture("unicode.json")
        .strings as Case[]
    ) {
      await t.step(JSON.stringify(text), async () => {
        const tokens = await tokensOf("unicode", text, { emoji: false });
        const found = tokens.map(({ text }) => text);
        if (agreed) {
          assertEquals(found, words);
          assertEquals(tokens.map(({ start, end }) => [start, end]), spans);
        } else {
          // Engines differ at full stops between letters, and in their dictionaries.
          const allowed = [words, node, icu72].filter((list) => list !== undefined);
          const same = allowed.find((list) => list.join("\n") === found.join("\n"));
          assertEquals(found, same ?? words);
        }
        // With emoji nothing else changes.
        const emoji = other.filter((part) => /\p{Extended_Pictographic}|\p{RI}/u.test(part));
        const all = await wordsOf("unicode", text);
        assertEquals(all.toSorted(), [...found, ...emoji].toSorted());
      });
    }
  },
);

Deno.test("tokenizer unicode keeps words of any script, numbers and emoji, with their places", async () => {
  const text = "Größe £750 مرحبا 👩‍👩‍👧 cafe\u0301 🇧🇷!";
  const tokens = await tokensOf("unicode", text, { lower: true });
  assertEquals(tokens.map(({ text }) => text), [
    "größe",
    "750",
    "مرحبا",
    "👩‍👩‍👧",
    "cafe\u0301",
    "🇧🇷",
  ]);
  assertEquals(tokens.map(({ start, end }) => text.slice(start, end)), [
    "Größe",
    "750",
    "مرحبا",
    "👩‍👩‍👧",
    "cafe\u0301",
    "🇧🇷",
  ]);
});
