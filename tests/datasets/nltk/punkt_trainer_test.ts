import { Ortho, PunktSentenceTokenizer, PunktTrainer } from "@heatword/datasets/nltk";
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";
import { firstReason, testWith } from "../../_skip.ts";
import { lacks, readCorpus, readTraining } from "./_fixtures.ts";
import { referenceWords } from "./_reference.ts";
import { anyText, trickyText } from "./_texts.ts";

const sorted = <Item>(items: Iterable<Item>) => [...items].map((item) => `${item}`).sort();

testWith(
  firstReason(lacks.fixtures, lacks.corpus),
  "PunktTrainer learns what NLTK's trainer learns from the same articles",
  async () => {
    const expected = readTraining();
    const corpus = await readCorpus();
    const text = expected.files.map((file) => corpus.get(file)!).join(expected.joined_by);
    const parameters = new PunktTrainer(text).getParams();
    assertEquals(sorted(parameters.abbrevTypes), sorted(expected.abbrev_types));
    assertEquals(sorted(parameters.sentStarters), sorted(expected.sent_starters));
    const pairs = [...parameters.collocations]
      .flatMap(([first, seconds]) => [...seconds].map((second) => [first, second]));
    assertEquals(sorted(pairs), sorted(expected.collocations));
    assertEquals(sorted(parameters.orthoContext), sorted(Object.entries(expected.ortho_context)));
  },
);

Deno.test("PunktTrainer learns the same from one text and from its parts, but for their edges", () => {
  const part = "Dr. No came in at 5. Then Dr. No left the room. But the J. Smith Co. stayed.\n\n";
  const whole = new PunktTrainer(part.repeat(6)).getParams();
  const trainer = new PunktTrainer();
  for (let i = 0; i < 6; i++) trainer.train(part, false);
  assertEquals(trainer.getParams().abbrevTypes, whole.abbrevTypes);
});

Deno.test("PunktTrainer finds frequent sentence starters and collocations", () => {
  const text =
    "He is one of 5. Men are interesting. However it is questionable. The 5. Men understand it. "
      .repeat(60);
  const filler = "a word and another that says nothing here ".repeat(300);
  const parameters = new PunktTrainer(`${text}${filler}`).getParams();
  assert(parameters.sentStarters.has("however"));
  assert(parameters.hasCollocation("##number##", "men"));
});

Deno.test("PunktTrainer notes the case of words and where they stand", () => {
  const { orthoContext } = new PunktTrainer("the House is big. Big it is").getParams();
  assertEquals(orthoContext.get("the"), Ortho.UNK_LC);
  assertEquals(orthoContext.get("house"), Ortho.MID_UC);
  assertEquals(orthoContext.get("big"), Ortho.MID_LC | Ortho.BEG_UC);
});

Deno.test("PunktTrainer sees the same words as the slow reference", () => {
  const options = { abbrev: Infinity, abbrevBackoff: 0 };
  fc.assert(
    fc.property(fc.oneof({ weight: 4, arbitrary: trickyText }, anyText), (text) => {
      const types = referenceWords(text)
        .filter((word) => /^[\p{Uppercase}\p{Lowercase}]/u.test(word))
        .map((word) => word.toLowerCase().replace(/(?<=.)\.$/su, ""));
      const { orthoContext } = new PunktTrainer(text, options).getParams();
      assertEquals(new Set(orthoContext.keys()), new Set(types));
    }),
    { numRuns: 3000 },
  );
});

Deno.test("PunktTrainer learns from texts too short to tell anything", () => {
  for (const text of ["", " ", ".", "etc.", "etc. etc.", "5. a", "A. B. C."]) {
    new PunktSentenceTokenizer(text).tokenize(text);
  }
});

Deno.test("PunktTrainer refuses thresholds that are not numbers", () => {
  assertThrows(
    () => new PunktTrainer("", { abbrev: NaN }),
    RangeError,
    'Cannot train Punkt with "abbrev" NaN: give a number',
  );
});
