import { assertEquals, assertRejects } from "@std/assert";
import { lacksFixtures, testWith } from "../../_skip.ts";
import { readFixture, tokensOf, wordsOf } from "./_tokenize.ts";

const NAMES: Record<string, string> = { char_level: "charLevel" };

testWith(
  lacksFixtures("text/keras.json"),
  "tokenizer keras cuts as Keras's Tokenizer does, with all options of the fixtures",
  async (t) => {
    const { strings, sets } = readFixture("keras.json");
    for (const { name, options, words } of sets) {
      const own = Object.fromEntries(
        Object.entries(options)
          .filter(([key]) => key !== "num_words" && key !== "oov_token")
          .map(([key, value]) => [NAMES[key] ?? key, value as string]),
      );
      await t.step(name, async () => {
        for (const [i, text] of (strings as string[]).entries()) {
          const tokens = await tokensOf("keras", text, own);
          assertEquals(tokens.map(({ text }) => text), words[i], JSON.stringify(text));
          for (const { text: word, start, end } of tokens) {
            const raw = text.slice(start, end);
            // By itself İ has a mark more, and a sigma is not final.
            const same = own.lower === (false as unknown) ? raw : raw.toLowerCase();
            if (!/[İΣ]|^$/u.test(raw)) assertEquals(same, word);
          }
        }
      });
    }
  },
);

Deno.test("tokenizer keras filters, splits and lower-cases as text_to_word_sequence does", async () => {
  assertEquals(await wordsOf("keras", "The moon, the sea; don't"), [
    "the",
    "moon",
    "the",
    "sea",
    "don't",
  ]);
  // No white space but the separator splits, and empty words are dropped.
  assertEquals(await wordsOf("keras", "a  b\r\nc\u00a0d\te"), ["a", "b\r", "c\u00a0d", "e"]);
  assertEquals(await wordsOf("keras", "A,b-C", { filters: "", split: ",", lower: false }), [
    "A",
    "b-C",
  ]);
  assertEquals(await wordsOf("keras", "a.b ab", { filters: ".", split: "ab" }), ["a", "b "]);
  assertEquals(await wordsOf("keras", "Ab😀", { charLevel: true }), ["a", "b", "😀"]);
  await assertRejects(() => wordsOf("keras", "a", { split: "" }), RangeError, '"split"');
});

Deno.test("tokenizer keras puts the text in lower case before it splits, and keeps places", async () => {
  // A sigma is final by what stands around it in the text; İ becomes two code units.
  const text = "İİ ΟΔΟΣ, ΟΔΟΣ.Α";
  const tokens = await tokensOf("keras", text, { filters: ".," });
  assertEquals(tokens.map(({ text }) => text), ["i\u0307i\u0307", "οδος", "οδοσ", "α"]);
  assertEquals(tokens.map(({ start, end }) => text.slice(start, end)), ["İİ", "ΟΔΟΣ", "ΟΔΟΣ", "Α"]);
});
