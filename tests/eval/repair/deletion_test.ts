import type { Document } from "@heatword/core";
import { leakingTexts, leakOfFeature, leakOfWords, withLeakDeleted } from "@heatword/eval/repair";
import { assertEquals } from "@std/assert";

/** Words are what blanks separate; a comma is none. */
const read = (text: string): Document => ({
  text,
  tokens: Array.from(text.matchAll(/[^\s,]+/g), ({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  })),
});

/** As `read`, but a model sees the first word alone. */
const readFirst = (text: string): Document => {
  const { tokens } = read(text);
  return {
    text,
    tokens: tokens.slice(0, 1),
    unseen: tokens.slice(1).map(({ start, end }) => ({ start, end, reason: "beyond the limit" })),
  };
};

const texts = [
  { text: "sent from my phone", label: "a" },
  { text: "a refund Sent from my phone", label: "a" },
  { text: "from b , sent from my phone", label: "b" },
  { text: "no leak", label: "b" },
];

Deno.test("a leak that is deleted leaves the other words, and texts that have any", () => {
  const leak = leakOfWords(["sent from my phone"], { read });
  for (const reader of [read, readFirst]) {
    const deleted = withLeakDeleted(leakingTexts(texts, leak, reader), leak, reader);
    assertEquals(
      deleted.texts.map(({ text, label }) => [label, text.trimEnd()]),
      [["a", "a refund"], ["b", "from b ,"], ["b", "no leak"]],
    );
    assertEquals([deleted.changed, deleted.empty], [2, 1]);
    assertEquals(deleted.gone, ["Sent", "my", "phone", "sent"]);
    assertEquals(deleted.elsewhere, ["from"]);
  }
  const none = leakOfWords(["quillon"], { read });
  const same = withLeakDeleted(leakingTexts(texts, none, read), none, read);
  assertEquals(same, { texts, changed: 0, empty: 0, gone: [], elsewhere: [] });
});

Deno.test("a way to write that is deleted leaves the words in small letters", () => {
  const casing = leakOfFeature({ kind: "casing", what: "ALL CAPS" });
  const given = [{ text: "an ABC here", label: "a" }, { text: "abc", label: "b" }];
  const deleted = withLeakDeleted(leakingTexts(given, casing, read), casing, read);
  assertEquals(deleted.texts.map(({ text }) => text), ["an abc here", "abc"]);
  assertEquals([deleted.changed, deleted.gone, deleted.elsewhere], [1, ["ABC"], []]);
});
