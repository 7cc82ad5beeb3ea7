import { Random } from "@heatword/core";
import {
  associatedFeatures,
  companionsOf,
  company,
  countWords,
  featuresOf,
  groupSpans,
  nameOf,
  pairsApart,
  phraseAround,
  type Tally,
  tallyFeatures,
  tokenGroup,
  tokenGroups,
  withFeature,
  withoutFeature,
} from "@heatword/eval/audit";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";

/** A text cut at blanks. */
function document(text: string) {
  const tokens = [...text.matchAll(/\S+/g)].map(({ 0: word, index }) => ({
    text: word,
    start: index,
    end: index + word.length,
  }));
  return { text, tokens };
}

const spansOf = (text: string, name: string) =>
  featuresOf(document(text)).find((found) => nameOf(found) === name)?.spans;

Deno.test("a text has words, pairs, marks, ways to write, and groups, each with its places", () => {
  const text = "Buy NOW buy !! at a.b@c.org";
  assertEquals(spansOf(text, "token buy"), [[0, 3], [8, 11]]);
  assertEquals(spansOf(text, "pair now buy"), [[4, 7], [8, 11]]);
  assertEquals(spansOf(text, "pair buy !!"), undefined);
  assertEquals(spansOf(text, "punctuation !!"), [[12, 14]]);
  assertEquals(spansOf(text, "casing ALL CAPS"), [[4, 7]]);
  assertEquals(spansOf(text, "casing NOW"), [[4, 7]]);
  assertEquals(spansOf(text, "casing Capitalised"), [[0, 3]]);
  assertEquals(spansOf(text, "group address"), [[18, 27]]);
});

Deno.test("marks behind other marks, emoji and white space are found as they stand", () => {
  assertEquals(spansOf("Right.!!! So", "punctuation .!!!"), [[5, 9]]);
  assertEquals(spansOf("Right.!!! So", "punctuation !!!"), [[6, 9]]);
  assertEquals(spansOf("Right.!!! So", "punctuation !!"), undefined);
  assertEquals(spansOf("a :-) b.:-)", "punctuation :-)"), [[2, 5], [8, 11]]);
  assertEquals(spansOf("=+-*/%$ x", "punctuation =+-*/%$"), [[0, 7]]);
  assertEquals(spansOf("=+-*/%$ x", "punctuation +-"), undefined);
  // An emoji is a word where the model reads it as one.
  assertEquals(spansOf("so \u2764\ufe0f good", "token \u2764\ufe0f"), [[3, 5]]);
  assertEquals(spansOf("so \u2764\ufe0f good", "punctuation \u2764\ufe0f"), undefined);
  assertEquals(spansOf("so\u2764\ufe0f good", "punctuation \u2764\ufe0f"), [[2, 4]]);
  assertEquals(spansOf("one  two\n\n\nthree\tfour", "punctuation ␣␣"), [[3, 5]]);
  assertEquals(spansOf("one  two\n\n\nthree\tfour", "punctuation ⏎⏎"), [[8, 11]]);
  assertEquals(spansOf("one  two\n\n\nthree\tfour", "punctuation ⇥"), [[16, 17]]);
});

Deno.test("white space has a name that is seen, whatever it is, and is put in as it was", () => {
  const spaces = (text: string) =>
    featuresOf(document(text)).filter(({ kind }) => kind === "punctuation").map(({ what }) => what);
  const named = [["\u00a0", "U+00A0"], ["\u2003", "U+2003"], ["\ufeff", "U+FEFF"], [
    "\f",
    "U+000C",
  ]];
  for (const [space, name] of [...named, ["\u00a0\u00a0\u00a0 ", "U+00A0U+00A0␣"], ["\n", "⏎"]]) {
    assertEquals(spaces(`one${space}two`), [name!], name);
    const feature = { kind: "punctuation", what: name! } as const;
    const put = withFeature("one", feature, [], new Random(1));
    assertEquals(put, `one${space!.replace(/(.)\1+/s, "$1$1")}`);
    assertEquals(withoutFeature(`one${space}two`, feature, [[3, 3 + space!.length]]), "one two");
  }
  // Signs that stand in a text are not the white space that they tell.
  assertEquals(spaces("one ⏎ two ␣! ⇥"), ["!"]);
});

Deno.test("a text is written in capitals, in lower case or capitalised where its words are", () => {
  const ways = (text: string) =>
    featuresOf(document(text)).filter(({ kind, what }) => kind === "casing" && what.includes(" t"))
      .map(({ what }) => what);
  const upper = (text: string) =>
    featuresOf(document(text)).some(({ what }) => what === "ALL OF THE TEXT IN CAPITALS");
  assertEquals(ways("who wrote it"), ["all of the text in lower case"]);
  assertEquals(ways("Who wrote it"), []);
  assertEquals([upper("WHO WROTE IT"), upper("WHO WROTE it now"), upper("WHO")], [
    true,
    false,
    false,
  ]);
  assertEquals(spansOf("Who Wrote It", "casing All Of The Text Capitalised")?.length, 3);
  assertEquals(spansOf("Who Wrote it", "casing All Of The Text Capitalised"), undefined);
  const capitalised = { kind: "casing", what: "All Of The Text Capitalised" } as const;
  for (
    const [text, written] of [
      ["we don't know", "We Don't Know"],
      ["it’s o'brien's tea", "It’s O'brien's Tea"],
      ["i was not he\u0301re", "I Was Not He\u0301re"],
    ] as const
  ) {
    assertEquals(withFeature(text, capitalised, [], new Random(1)), written);
    assertEquals(
      spansOf(written, `casing ${capitalised.what}`)?.length,
      3,
    );
  }
  assertEquals(spansOf("So Don't Tell O'Brien", "casing All Of The Text Capitalised")?.length, 4);
  assertEquals(spansOf("my iPhone", "casing MiXeD"), [[3, 9]]);
});

Deno.test("each group finds its members, and nothing else", () => {
  const members: Record<string, [found: string, others: string]> = {
    address: ["jo.b+c@mail.example", "at home"],
    url: ["https://a.example/b?c", "a/b"],
    host: ["news.uni-x.edu", "end.Then"],
    header: ["Organization: Somewhere", "the organization: we"],
    signature: ["-- \nJo", "a -- b"],
    quote: ["> ", "a > b"],
    attribution: ["Jo Bo writes:", "she writes well"],
    date: ["12 March 1993", "12 marbles"],
    number: ["1,500.25", "a12"],
    code: ["AB-1234", "abc"],
  };
  assertEquals(Object.keys(members), tokenGroups.map(({ name }) => name));
  for (const [name, [found, others]] of Object.entries(members)) {
    const group = tokenGroup(name);
    assertEquals(groupSpans(group, found).map(([a, b]) => found.slice(a, b)), [found], name);
    assertEquals(groupSpans(group, others), [], name);
  }
  assertThrows(() => tokenGroup("hots"), RangeError, 'Unknown group of tokens "hots"');
});

Deno.test("taking a feature out leaves the rest of the text as it was; putting it in adds it once", () => {
  const without = (text: string, kind: "token" | "casing" | "punctuation", name: string) => {
    const spans = spansOf(text, name)!;
    return withoutFeature(text, { kind, what: "" }, spans);
  };
  assertEquals(without("a b c", "token", "token b"), "a c");
  assertEquals(without("b c\n b", "token", "token b"), " c\n ");
  assertEquals(without("no!! yes", "punctuation", "punctuation !!"), "no yes");
  assertEquals(without("Say NOW and NOW", "casing", "casing NOW"), "Say now and now");
  const rewritten = (text: string, kind: "casing" | "punctuation", what: string) =>
    withoutFeature(text, { kind, what }, spansOf(text, `${kind} ${what}`)!);
  assertEquals(rewritten("one  two\n\nthree", "punctuation", "⏎⏎"), "one  two three");
  assertEquals(rewritten("WHO WROTE IT", "casing", "ALL OF THE TEXT IN CAPITALS"), "who wrote it");
  assertEquals(
    rewritten("so they came", "casing", "all of the text in lower case"),
    "So they came",
  );
  const casings = [
    ["ALL OF THE TEXT IN CAPITALS", "WHO WROTE IT"],
    ["All Of The Text Capitalised", "Who Wrote It"],
    ["all of the text in lower case", "who wrote it"],
  ];
  const random = new Random(1);
  for (const [what, written] of casings) {
    assertEquals(withFeature("Who wrote It", { kind: "casing", what: what! }, [], random), written);
  }
  for (let i = 0; i < 20; i++) {
    const spaced = withFeature("one two", { kind: "punctuation", what: "⏎⏎" }, [], random);
    assert(["one\n\ntwo", "one two\n\n"].includes(spaced), JSON.stringify(spaced));
    const put = withFeature("one two three", { kind: "token", what: "zo" }, [], random);
    assertEquals(put.split(" ").filter((word) => word !== "zo"), ["one", "two", "three"]);
    assertEquals(put.split(" ").length, 4);
    const shouted = withFeature("one two", { kind: "casing", what: "ALL CAPS" }, [], random);
    assert(["ONE two", "one TWO"].includes(shouted), shouted);
    const pair = withFeature("one two", { kind: "pair", what: "x … y" }, [], random);
    assert(pair.indexOf("x") < pair.indexOf("y"), pair);
  }
});

Deno.test("what belongs to a subject keeps company with its words, what was added does not", () => {
  const set = (...words: string[]) => new Set(words);
  const subject = Array.from({ length: 20 }, (_, i) => set("puck", "ice", `w${i % 7}`));
  const others = Array.from({ length: 20 }, (_, i) => set("ball", "net", `w${i % 7}`));
  assertEquals(company(subject, others), 1);
  // Texts that are drawn from the same words, whatever side they are on.
  const random = new Random(3);
  const drawn = () =>
    Array.from(
      { length: 80 },
      () => set(...Array.from({ length: 8 }, () => `w${random.below(40)}`)),
    );
  assertAlmostEquals(company(drawn(), drawn()), 0.5, 0.12);
  assertEquals(company([], others), NaN);
});

Deno.test("a pair counts only where it says more of the class than its words", () => {
  const tally = (kind: Tally["kind"], what: string, ...byClass: number[]): Tally => ({
    kind,
    what,
    byClass,
    shares: [0, 0],
  });
  const found = associatedFeatures([
    tally("token", "blue", 40, 38),
    tally("token", "lamp", 42, 40),
    tally("pair", "blue lamp", 30, 0),
    tally("token", "who", 60, 1),
    tally("pair", "who was", 30, 0),
    tally("casing", "WHO", 20, 0),
    tally("token", "rare", 2, 0),
  ], [100, 100]);
  assertEquals(found.map(nameOf), ["token who", "pair blue lamp"]);
  assertAlmostEquals(found[1]!.evidence, 30 * Math.log(2));
});

Deno.test("words that stand apart are a pair where they are nowhere else, and marks count whole", () => {
  const tally = (kind: Tally["kind"], what: string, ...byClass: number[]): Tally => ({
    kind,
    what,
    byClass,
    shares: [0, 0],
  });
  const marks = (what: string, texts: readonly number[]): Tally => ({
    ...tally("punctuation", what, texts.length, 0),
    texts,
  });
  const first = [...Array(11).keys()];
  const found = associatedFeatures([
    tally("token", "lamp", 20, 0),
    tally("token", "blue", 20, 1),
    tally("pair", "blue … lamp", 15, 0),
    tally("token", "tea", 22, 0),
    tally("pair", "lamp … tea", 15, 0),
    marks("-", [...first, 11]),
    marks("=", first),
    marks("-=-", first),
  ], [100, 100]);
  assertEquals(found.map((feature) => [nameOf(feature), feature.isWhole]), [
    ["token tea", false],
    ["token lamp", false],
    ["token blue", false],
    ["pair blue … lamp", true],
    ["punctuation -", false],
    ["punctuation -=-", false],
  ]);
});

Deno.test("marks give way only to those that contain them, in the same texts", () => {
  const classes: [rows: string[], label: number][] = [
    [["a!", "b!", "c!", "d!!!", "e!!!", "f!!!"], 0],
    [["g €", "h €", "i €", "j ...~", "k ...~", "l ...~"], 0],
    [["m +-", "n +-", "o +-", "p-", "q?+", "r?+", "s?+", "t ;", "u ;", "v ; €"], 0],
    [Array<string>(40).fill("w"), 1],
  ];
  const texts = classes.flatMap(([rows, label]) =>
    rows.map((row) => ({ document: document(row), predicted: label, label, relevance: [1, 1] }))
  );
  const found = associatedFeatures(tallyFeatures(texts, 2), [22, 40]);
  // "..." and "~" are in the texts of "...~", "?" in those of "?+"; "+" is in more, and "-" too.
  assertEquals(
    found.filter(({ kind }) => kind === "punctuation").map(({ what }) => what).sort(),
    ["!", "!!!", "+", "+-", "-", "...~", ";", "?+", "€"].sort(),
  );
});

Deno.test("ordinary marks at the ends of others are left out where what is between them is there", () => {
  const rows = ["a.", "b.", "c.", "d.", "e.", "f.!!!", "g.!!!", "h.!!!", "i $.", "j $.", "k $."];
  const texts = [...rows, ...Array<string>(20).fill("w")].map((row, i) => {
    const label = Number(i >= rows.length);
    return { document: document(row), predicted: label, label, relevance: [1, 1] };
  });
  const found = associatedFeatures(tallyFeatures(texts, 2), [11, 20]);
  assertEquals(
    found.filter(({ kind }) => kind === "punctuation").map(({ what }) => what).sort(),
    ["!!!", "$", "."].sort(),
  );
});

Deno.test("pairs of words apart are the same in any order", () => {
  for (const text of ["violet is a lantern", "lantern is a violet"]) {
    const [found] = pairsApart(document(text), [0, 3]);
    assertEquals(found?.what, "lantern … violet");
  }
});

Deno.test("companions are the one or two words of all texts with a feature that are in no others", () => {
  const texts = ["a violet the", "b violet the", "c violet the", "d the"]
    .map((text) => new Set(text.split(" ")));
  const companions = (texts: readonly ReadonlySet<string>[], having = 3) =>
    companionsOf(texts.slice(0, having), having, countWords(texts));
  assertEquals(companions(texts), ["violet"]);
  // Copies of one text have all words in common: those are what it says.
  const copies = texts.map((text, i) => i < 3 ? new Set([...text, "x", "y"]) : text);
  assertEquals(companions(copies), []);
});

Deno.test("words that nearly always stand beside a feature make its phrase", () => {
  const documents = ["a sent from my phone", "b sent from my phone", "sent from my phone c"]
    .map(document);
  const places = documents.map(({ tokens }, text) => {
    const { start, end } = tokens.find(({ text }) => text === "from")!;
    return { text, span: [start, end] as const };
  });
  assertEquals(
    phraseAround(documents, places).map(({ text, span }) => documents[text]!.text.slice(...span)),
    Array(3).fill("sent from my phone"),
  );
});
