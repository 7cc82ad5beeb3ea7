import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { tokensOf, wordsOf } from "./_tokenize.ts";

const rows = (...words: string[]) => new Map(words.map((word, row) => [word, row]));

Deno.test("tokenizer vocabulary finds words whatever characters they have", async (t) => {
  const known = rows(
    "good",
    "café",
    "مرحبا",
    "10",
    "don’t",
    "schön",
    "c++",
    "été",
    "new york",
    "e-mail",
    "£750",
    "酒店",
    "3",
    "14",
    "❤",
    "a",
    "u.s.",
    "example.com",
    ":)",
  );
  const cases: [text: string, words: string[]][] = [
    ["good café", ["good", "café"]],
    ["مرحبا good", ["مرحبا", "good"]],
    ["10 good", ["10", "good"]],
    ["good don’t", ["good", "don’t"]],
    ["don't", ["don’t"]],
    ["“good” café…", ["good", "café"]],
    ["good—schön", ["good", "schön"]],
    ["good, café!", ["good", "café"]],
    ["good 🚀", ["good", "🚀"]],
    ["GOOD Cafe\u0301", ["good", "café"]],
    ["C++ (c++)", ["c++", "c++"]],
    ["l'été", ["l", "été"]],
    ["In New York.", ["In", "new york"]],
    ["e-mail, E‑Mail", ["e-mail", "e-mail"]],
    ["£750 or £7500", ["£750", "or", "7500"]],
    ["这家酒店很大", ["这", "家", "酒店", "很大"]],
    ["3.14 and 3,5", ["3", "14", "and", "3", "5"]],
    ["❤️ :)", ["❤", ":)"]],
    ["the U.S. at example.com", ["the", "u.s.", "at", "example.com"]],
    // A letter inside of an unknown word is not that letter.
    ["a can't, banana", ["a", "can't", "banana"]],
  ];
  for (const [text, words] of cases) {
    await t.step(
      text,
      async () => assertEquals(await wordsOf("vocabulary", text, {}, known), words),
    );
  }
});

Deno.test("tokenizer vocabulary cuts unknown texts as unicode does", async () => {
  for (const text of ["Der schöne Tag, 3.14 €!", "我喜欢这家酒店", "snake_case isn't 👩‍👩‍👧"]) {
    assertEquals(await tokensOf("vocabulary", text), await tokensOf("unicode", text));
  }
});

Deno.test("every word of a vocabulary is found between any others", async () => {
  const word = fc.oneof(
    fc.stringMatching(/^[a-zäöüß]{2,8}$/),
    fc.stringMatching(/^[a-z]{1,4}[-+.'’/&][a-z]{1,4}$/),
    fc.stringMatching(/^[0-9]{1,4}$/),
    fc.constantFrom("你好", "мир", "नमस्ते", "🚀", "c#", "@me", "#tag"),
  );
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(word, { minLength: 1, maxLength: 6 }),
      fc.constantFrom(" ", ", ", "! ", " – ", "\n", "… “"),
      async (words, between) => {
        assertEquals(await wordsOf("vocabulary", words.join(between), {}, rows(...words)), words);
      },
    ),
    { seed: 3, numRuns: 300 },
  );
});
