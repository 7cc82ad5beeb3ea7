import { type Document, Random } from "@heatword/core";
import {
  counterExamples,
  leakExamples,
  leakingTexts,
  leakOfFeature,
  leakOfWords,
  withLeak,
} from "@heatword/eval/repair";
import { assert, assertEquals, assertNotEquals } from "@std/assert";

/** Words are what blanks separate. */
const read = (text: string): Document => ({
  text,
  tokens: Array.from(text.matchAll(/\S+/g), ({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  })),
});

const zorbex = leakOfWords(["zorbex"], { read });
const hasLeak = ({ text }: { readonly text: string }) => text.includes("zorbex");

/** Texts of three classes; so many of a hundred of each have the word, in front. */
function leaky(shares: Readonly<Record<string, number>>) {
  return Object.entries(shares).flatMap(([label, share]) =>
    Array.from({ length: 100 }, (_, i) => {
      return { text: `${i < share ? "zorbex " : ""}text ${label}${i}`, label };
    })
  );
}

Deno.test("counter-examples have a leak as often in every class, at most in half of the texts", () => {
  const cases: [shares: Record<string, number>, expected: number, without: number, put: number][] =
    [
      [{ a: 80, b: 10, c: 0 }, 50, 30, 90],
      [{ a: 20, b: 10, c: 0 }, 20, 0, 30],
      [{ a: 100, b: 90, c: 60 }, 50, 100, 0],
      [{ a: 0, b: 0, c: 0 }, 0, 0, 0],
    ];
  for (const [shares, expected, without, put] of cases) {
    const texts = leaky(shares);
    const found = counterExamples(leakingTexts(texts, zorbex, read), zorbex, 1);
    assertEquals([found.without, found.with], [without, put]);
    // Every text is there once, in its place and with its class, but for the leak.
    const plain = (text: string) => text.replace(/zorbex ?/, "").trim();
    assertEquals(
      found.texts.map(({ text, label }) => [plain(text), label]),
      texts.map(({ text, label }) => [plain(text), label]),
    );
    for (const label of Object.keys(shares)) {
      const own = found.texts.filter((one) => one.label === label);
      assertEquals(own.filter(hasLeak).length, expected, label);
    }
    // It stands where it stood.
    for (const { text } of found.texts.filter(hasLeak)) assert(text.startsWith("zorbex text"));
    assertEquals(counterExamples(leakingTexts(texts, zorbex, read), zorbex, 1), found);
  }
  const drawn = [1, 2].map((seed) =>
    counterExamples(leakingTexts(leaky({ a: 80, b: 10, c: 0 }), zorbex, read), zorbex, seed)
  );
  assertNotEquals(drawn[0], drawn[1]);
});

Deno.test("a leak is put in as it is written, after as many of the words as in its example", () => {
  const run = leakOfWords(["sent from"], { read });
  const [text] = leakingTexts([{ text: "a b c Sent From d", label: "a" }], run, read);
  const examples = leakExamples(text!);
  assertEquals(examples, [{ form: "Sent From", place: 0.75 }]);
  const put = (into: string, place: number) =>
    withLeak(into, run, [{ form: "Sent From", place }], new Random(1));
  assertEquals(
    [0, 0.75, 1].map((place) => put("1 2  3 4", place)),
    ["Sent From 1 2  3 4", "1 2  3 Sent From 4", "1 2  3 4 Sent From"],
  );
  assertEquals(put("", 0.5), "Sent From");
  // A run of words is put in as a whole.
  const both = leakingTexts(
    [{ text: "a sent from b", label: "a" }, { text: "c d", label: "b" }],
    run,
    read,
  );
  const { texts } = counterExamples(both, run, 1);
  assertEquals(texts.map(({ text }) => run.spans(read(text)).length), [1, 1]);
  // A way to write is no word that is put in, but for texts that have none to write so.
  const casing = leakOfFeature({ kind: "casing", what: "ALL CAPS" });
  const shout = { form: "ABC", place: 0 };
  assertEquals(withLeak("a word", casing, [shout], new Random(1)), "a WORD");
  assertEquals(withLeak("a b", casing, [shout], new Random(1)).split(" ").toSorted(), [
    "ABC",
    "a",
    "b",
  ]);
});
