import { Random } from "@heatword/core";
import {
  associatedFeatures,
  company,
  featuresOf,
  groupSpans,
  nameOf,
  phraseAround,
  type Tally,
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
  const random = new Random(1);
  for (let i = 0; i < 20; i++) {
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
