import { type Document, leftOut, readText, unseenParts, withWordsBeyond } from "@heatword/core";
import { assert, assertEquals } from "@std/assert";
import fc from "fast-check";

/** Keeps runs of the letters A to Z; what it leaves out is found by its places. */
const letters = (text: string) => ({
  tokens: [...text.matchAll(/[a-z]+/gi)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  })),
});

const slices = (document: Document) =>
  unseenParts(document).map(({ start, end, reason }) => [document.text.slice(start, end), reason]);

Deno.test("unseenParts() are the slices that a tokenizer leaves out, in every script", () => {
  const [family, accented, hebrew, arabic] = ["👩‍👩‍👧", "e\u0301", "שלום", "مرحبا،"];
  const document = readText(letters, `off ${family} ${accented} ${hebrew} to ${arabic} 🚀!`);
  assertEquals(slices(document), [
    [family, "filtered"],
    // Letters alone are kept, without the accent that stands above them.
    ["\u0301", "filtered"],
    [hebrew, "filtered"],
    [arabic, "filtered"],
    ["🚀!", "filtered"],
  ]);
});

Deno.test("unseenParts() has as one part what was cut off, at either end", () => {
  const text = "one, two 3 three (four)!";
  const at = (truncatingSide: "pre" | "post") =>
    slices(readText(letters, text, { maxWords: 2, truncatingSide }));
  assertEquals(at("post"), [[",", "filtered"], ["3 three (four)!", "beyond the limit"]]);
  assertEquals(at("pre"), [["one, two 3", "beyond the limit"], ["(", "filtered"], [
    ")!",
    "filtered",
  ]]);
});

Deno.test("unseenParts() begin no part that was cut off with a blank, where words overlap", () => {
  const token = (start: number, end: number) => ({ text: "x", start, end });
  const cut = { start: 4, end: 5, reason: "beyond the limit" } as const;
  const text = "a b c";
  const nested = { text, tokens: [token(0, 3), token(0, 0)], truncated: 1 };
  assertEquals(unseenParts(nested), [cut]);
  const unseen = [{ start: 0, end: 3, reason: "filtered" }] as const;
  assertEquals(unseenParts({ text, tokens: [token(0, 1)], unseen, truncated: 1 }), [
    { start: 1, end: 3, reason: "filtered" },
    cut,
  ]);
});

Deno.test("unseenParts() overlap neither words nor each other, whatever a tokenizer says", () => {
  const range = fc.tuple(fc.nat(30), fc.nat(8)).map(([start, length]) => ({
    start,
    end: start + length,
  }));
  fc.assert(
    fc.property(
      fc.array(fc.constantFrom("a", " ", "\n", "é", "\ud83d"), { maxLength: 30 }),
      fc.array(range, { maxLength: 6 }),
      fc.array(range, { maxLength: 6 }),
      fc.nat(2),
      (characters, words, spans, truncated) => {
        const text = characters.join("");
        const order = (a: { start: number }, b: { start: number }) => a.start - b.start;
        const tokens = words.sort(order).map((range) => ({ ...range, text: "x" }));
        const unseen = spans.map((range) => ({ ...range, reason: "filtered" as const }));
        const parts = unseenParts({ text, tokens, unseen, truncated });
        let last = 0;
        for (const { start, end, reason } of parts) {
          assert(start >= last && end > start && end <= text.length);
          last = end;
          for (const token of tokens) {
            assert(token.end <= start || token.start >= end || token.start === token.end);
          }
          if (reason === "filtered") continue;
          assertEquals(text.slice(start, end).trim(), text.slice(start, end));
        }
        // What is unseen and in no word is in a part.
        for (let at = 0; at < text.length; at++) {
          const holds = ({ start, end }: { start: number; end: number }) => start <= at && at < end;
          if (unseen.some(holds) && !tokens.some(holds) && text[at]!.trim() !== "") {
            assert(parts.some(holds), `${at}`);
          }
        }
      },
    ),
  );
});

Deno.test("leftOut() tells words from punctuation, and counts nothing that was cut off", () => {
  const words = (text: string, maxWords = Infinity) => leftOut(readText(letters, text, maxWords));
  assertEquals(words("a (£1000), 50% -- 🇩🇪 “10” … 👍🏽 a"), {
    words: ["£1000", "50%", "🇩🇪", "10", "👍🏽"],
    punctuation: 2,
  });
  assertEquals(words("a, b: 5 c", 2), { words: ["5"], punctuation: 2 });
  assertEquals(words("我喜欢 قط"), { words: ["我喜欢", "قط"], punctuation: 0 });
  assertEquals(leftOut({ text: "" }), { words: [], punctuation: 0 });
});

Deno.test("withWordsBeyond() gives all words in text order, whichever end was cut off", () => {
  const text = "one, two three four";
  const whole = readText(letters, text);
  for (const truncatingSide of ["pre", "post"] as const) {
    const cut = readText(letters, text, { maxWords: 2, truncatingSide });
    assertEquals(cut.tokens.length, 2);
    assertEquals(withWordsBeyond(cut), whole);
  }
  assertEquals(withWordsBeyond(whole), whole);
});
