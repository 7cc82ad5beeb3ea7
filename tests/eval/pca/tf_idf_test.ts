import type { Document } from "@heatword/core";
import { inverseDocumentFrequencies, tfIdfWeights } from "@heatword/eval/pca";
import { assertAlmostEquals, assertEquals } from "@std/assert";

const documentOf = (text: string): Document => ({
  text,
  tokens: text === ""
    ? []
    : text.split(" ").map((word) => ({ text: word, start: 0, end: word.length })),
});

Deno.test("inverseDocumentFrequencies() is the logarithm of all documents over those with a word", () => {
  const documents = ["the moon", "the the orbit", "The", ""].map(documentOf);
  const found = inverseDocumentFrequencies(documents);
  const expected: [string, number][] = [
    // A word that is there twice counts its document once; case matters; an empty text is one too.
    ["the", Math.log(4 / 2)],
    ["moon", Math.log(4)],
    ["orbit", Math.log(4)],
    ["The", Math.log(4)],
  ];
  assertEquals([...found.keys()], expected.map(([word]) => word));
  for (const [word, value] of expected) assertAlmostEquals(found.get(word)!, value, 1e-15);
});

Deno.test("inverseDocumentFrequencies() of a word in every document is zero", () => {
  const found = inverseDocumentFrequencies(["a b", "a"].map(documentOf));
  assertEquals(found.get("a"), 0);
});

Deno.test("tfIdfWeights() gives each place of a word its weight, and unknown words none", () => {
  const frequencies = new Map([["the", 0.5], ["moon", 2]]);
  assertEquals(
    [...tfIdfWeights(documentOf("the moon sees the sea"), frequencies)],
    [0.5, 2, 0, 0.5, 0],
  );
});
