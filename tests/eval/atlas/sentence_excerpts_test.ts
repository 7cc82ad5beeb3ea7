import { PunktParameters, PunktSentenceTokenizer } from "@heatword/datasets/nltk";
import { sentenceExcerpts } from "@heatword/eval/atlas";
import { assertEquals } from "@std/assert";

const documentOf = (text: string) => ({
  text,
  tokens: [...text.matchAll(/\w+/g)].map(({ 0: word, index }) => {
    return { text: word, start: index, end: index + word.length };
  }),
});

Deno.test("sentenceExcerpts() gives the sentence around a word, of one text after the other", () => {
  const excerptOf = sentenceExcerpts(new PunktSentenceTokenizer(new PunktParameters()));
  const two = documentOf("The engine is loud. We ride on, to the moon.");
  const other = documentOf("Look up! It is full.");
  const found = [[two, 1], [two, 6], [other, 1], [other, 3], [two, 1]] as const;
  assertEquals(found.map(([document, token]) => excerptOf(document, token)), [
    { before: "The ", word: "engine", after: " is loud." },
    { before: "We ride ", word: "on", after: ", to the moon." },
    { before: "Look ", word: "up", after: "!" },
    { before: "It ", word: "is", after: " full." },
    { before: "The ", word: "engine", after: " is loud." },
  ]);
});
