import {
  englishParameters,
  PunktParameters,
  sentTokenize,
  TreebankWordTokenizer,
  wordTokenize,
} from "@heatword/datasets/nltk";
import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { referenceSentences, referenceTreebank } from "./_reference.ts";
import { anyText, trickyText } from "./_texts.ts";

/** Parameters that make every branch of the decisions likely. */
function smallParameters(): PunktParameters {
  const parameters = new PunktParameters();
  for (const type of ["mr", "u.s", "a", "b", "co", "j", "etc", ". . "]) {
    parameters.abbrevTypes.add(type);
  }
  for (const type of ["the", "however", "x", "##number##"]) parameters.sentStarters.add(type);
  parameters.addCollocation("##number##", "the");
  parameters.addCollocation("a", "b");
  parameters.addCollocation("..", "x");
  ["a", "b", "x", "y", "the", "he", "said", "in", "##number##", "é", "no"]
    .forEach((type, i) =>
      parameters.addOrthoContext(type, [2, 4, 8, 16, 32, 64, 18, 36, 48, 126][i % 10]!)
    );
  return parameters;
}

const OPTIONS = { numRuns: 10_000 };

for (
  const [name, parameters] of [
    ["no parameters", new PunktParameters()],
    ["small parameters", smallParameters()],
    ["the built-in parameters", englishParameters()],
  ] as const
) {
  Deno.test(`sentTokenize() and wordTokenize() with ${name} agree with the slow reference`, () => {
    fc.assert(
      fc.property(fc.oneof({ weight: 4, arbitrary: trickyText }, anyText), (text) => {
        const sentences = referenceSentences(text, parameters);
        assertEquals(sentTokenize(text, parameters), sentences);
        assertEquals(wordTokenize(text, parameters), sentences.flatMap(referenceTreebank));
      }),
      OPTIONS,
    );
  });
}

Deno.test("wordTokenize() agrees with the slow reference where one rule's blank serves another", () => {
  const parameters = englishParameters();
  for (
    const text of [
      ...[".'\n", "x.'\n", "x....'\n", "x'M'#", "x'M')", "x's've ", "I'd've ", "x'.", "x'\n"],
      ...['"`` `"', '"""a', '``"a', '("``"', ",,x", ",,5", ",,\n", "a,\u{1d7ce}", "a,\ud835"],
      ...[
        "'tis'twas",
        "'twas'tis",
        "'tis'tis",
        "cannot'tis",
        "x'''tis",
        "'''tis",
        "''''",
        "x'''''",
      ],
      ...["wanna", "wanna\nx", "wanna)", "wanna, x", "mor'n't", "d'ye's", "-cannot/", "écannot"],
      ...['Go."--Next', "Go.'--he", "Go.)--", 'Go. "', 'Go. ")', 'Go. ") The', "mr.,-- The"],
    ]
  ) {
    const sentences = referenceSentences(text, parameters);
    assertEquals(sentTokenize(text, parameters), sentences, text);
    assertEquals(wordTokenize(text, parameters), sentences.flatMap(referenceTreebank), text);
  }
});

Deno.test("TreebankWordTokenizer.tokenize() agrees with the slow reference", () => {
  const tokenizer = new TreebankWordTokenizer();
  fc.assert(
    fc.property(fc.oneof({ weight: 4, arbitrary: trickyText }, anyText), (text) => {
      assertEquals(tokenizer.tokenize(text), referenceTreebank(text));
    }),
    OPTIONS,
  );
});
