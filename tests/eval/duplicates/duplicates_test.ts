import { Random } from "@heatword/core";
import { duplicatesOf, duplicatesText, findNearDuplicates } from "@heatword/eval/duplicates";
import { assertAlmostEquals, assertEquals, assertStringIncludes, assertThrows } from "@std/assert";

/** By the words of the definition, pair by pair. */
function byDefinition(train: string[], test: string[], size: number, share: number) {
  const shingles = (text: string) => {
    const words = text === "" ? [] : text.toLowerCase().split(" ");
    return new Set(words.flatMap((_, i) => {
      const run = words.slice(i, i + size);
      return run.length === size ? [run.join(" ")] : [];
    }));
  };
  const own = train.map(shingles);
  const identical = test.map((text) =>
    text !== "" && train.some((other) => other.toLowerCase() === text.toLowerCase())
  );
  const near = test.map(shingles).map((set) =>
    set.size > 0 && own.some((other) => set.intersection(other).size >= share * set.size)
  );
  const count = (flags: boolean[]) => flags.filter(Boolean).length;
  return {
    size,
    share,
    identical: count(identical),
    near: count(near),
    found: [...test.keys()].filter((i) => identical[i] || near[i]),
  };
}

Deno.test("findNearDuplicates() agrees with the definition", () => {
  const random = new Random(12);
  // Few words, so that runs recur within a document and among many.
  const drawn = (count: number) =>
    Array.from(
      { length: count },
      () => Array.from({ length: random.below(30) }, () => "aAbBcd"[random.below(6)]!).join(" "),
    );
  for (const size of [1, 2, 3, 8]) {
    for (const share of [0.2, 0.5, 1]) {
      const train = drawn(20);
      const test = [...drawn(40), train[3]!, train[4]!.toUpperCase(), `${train[5]} c`];
      assertEquals(
        findNearDuplicates(train, test, { size, share }),
        byDefinition(train, test, size, share),
      );
    }
  }
});

const numbered = (from: number, to: number) =>
  Array.from({ length: to - from }, (_, i) => `w${from + i}`).join(" ");

Deno.test("findNearDuplicates() counts from 80 % of the runs of 8 words on, in one document", () => {
  // 27 words have 20 runs of 8; a document with the first 23 of them has 16, with 22 it has 15.
  const test = [numbered(0, 27)];
  const near = (...train: string[]) => findNearDuplicates(train, test).near;
  assertEquals([near(numbered(0, 23)), near(numbered(0, 22))], [1, 0]);
  // Two documents that have ten runs each do not add up.
  assertEquals(near(numbered(0, 17), numbered(10, 27)), 0);
  // A run that recurs counts once.
  assertEquals(near(`${numbered(0, 15)} ${numbered(0, 15)} ${numbered(0, 15)}`), 0);
});

Deno.test("findNearDuplicates() finds short documents only whole, and none without words", () => {
  const train = ["", "red sky", numbered(0, 7)];
  const { identical, near, found } = findNearDuplicates(train, [
    "",
    "Red SKY",
    "red",
    numbered(0, 7),
  ]);
  assertEquals([identical, near, found], [2, 0, [1, 3]]);
  assertEquals(findNearDuplicates([], ["a"]).found, []);
  assertEquals(findNearDuplicates(["a"], []).found, []);
});

Deno.test("findNearDuplicates() refuses what makes no sense", () => {
  assertThrows(() => findNearDuplicates([], [], { size: 0 }), RangeError, "0 words");
  assertThrows(() => findNearDuplicates([], [], { share: 80 }), RangeError, "share of 80");
});

const train = [{ label: 0, words: numbered(0, 20), whole: numbered(0, 40) }];
const test = [
  { label: 0, words: numbered(0, 20), whole: numbered(0, 40) },
  { label: 1, words: numbered(0, 20), whole: `${numbered(0, 20)} ${numbered(100, 120)}` },
  { label: 1, words: "red sky" },
  { label: 0, words: "red sea" },
];

Deno.test("duplicatesOf() compares whole texts and gives the accuracy on the others", () => {
  const corpus = { train, test, classes: ["a", "b"] };
  const all = duplicatesOf(corpus, test, [0, 1, 1, 1]);
  assertEquals([all.identical, all.near, all.documents, all.test], [1, 1, 1, 4]);
  assertEquals([all.others.documents, all.others.accuracy], [3, 2 / 3]);
  assertAlmostEquals(all.others.standardError, Math.sqrt(2 / 27), 1e-12);
  // Of a part of the documents only that part is measured, but all are counted.
  const part = duplicatesOf(corpus, [test[0]!, test[3]!], [0, 1]);
  assertEquals([part.documents, part.others.documents, part.others.accuracy], [1, 1, 0]);
});

Deno.test("duplicatesText() says what was counted", () => {
  const found = duplicatesOf({ train, test, classes: ["a", "b"] }, test, [0, 1, 1, 1]);
  const text = duplicatesText(found);
  assertStringIncludes(text, "1 of 4 test documents have a duplicate among the training documents");
  assertStringIncludes(text, "1 of the same words, 1 with 80 % or more of their runs of 8 words");
  assertStringIncludes(text, "accuracy without them 66.67 %, standard error 27.22 %");
  assertEquals(duplicatesText({ ...found, documents: 0 }).includes("accuracy"), false);
});
