import { betweenBlanks, type Document, readText, type Tokenize, tokenizers } from "@heatword/core";
import "@heatword/datasets/tokenizers";
import { unitName, unitNames, unitsOf } from "@heatword/datasets/units";
import { assert, assertEquals, assertThrows } from "@std/assert";
import fc from "fast-check";

const unicode = await tokenizers.get("unicode").open({}, {});

const textsOf = (text: string, unit: (typeof unitNames)[number], tokenize: Tokenize = unicode) =>
  unitsOf(readText(tokenize, text), unit).map(({ start, end }) => text.slice(start, end));

Deno.test("unitsOf() cuts as it says, for texts of several languages", () => {
  const mail = 'Mr. Smith came at 3.5 p.m. to see us.\nHe said: "Go (all of you) home" – and\n' +
    "left!\n \t\nRe: the shuttle\r\n\r\nIt rose.  It\tfell.";
  assertEquals(textsOf(mail, "paragraph"), [
    'Mr. Smith came at 3.5 p.m. to see us.\nHe said: "Go (all of you) home" – and\nleft!',
    "Re: the shuttle",
    "It rose.  It\tfell.",
  ]);
  assertEquals(textsOf(mail, "sentence"), [
    "Mr. Smith came at 3.5 p.m. to see us.",
    'He said: "Go (all of you) home" – and\nleft!',
    "Re: the shuttle",
    "It rose.",
    "It\tfell.",
  ]);
  assertEquals(textsOf(mail, "phrase"), [
    "Mr. Smith came at 3.5",
    "p.m. to see us.",
    "He said:",
    '"Go',
    "(all of you)",
    'home" –',
    "and\nleft!",
    "Re:",
    "the shuttle",
    "It rose.",
    "It\tfell.",
  ]);
  assertEquals(textsOf("Он пришёл\nдомой. Она ушла!", "sentence"), [
    "Он пришёл\nдомой.",
    "Она ушла!",
  ]);
  assertEquals(textsOf("我来了，他走了。天黑了！", "sentence"), ["我来了，他走了。", "天黑了！"]);
  assertEquals(textsOf("我来了，他走了。天黑了！", "phrase"), ["我来了，", "他走了。", "天黑了！"]);
  assertEquals(
    textsOf("one two three four five six seven eight nine ten eleven twelve 13", "phrase"),
    [
      "one two three four five",
      "six seven eight nine",
      "ten eleven twelve 13",
    ],
  );
});

Deno.test("a part without words belongs to the group before it, or to the first", () => {
  assertEquals(textsOf("***\n\nGood.\n\n!!! ---\n\nBad.", "paragraph"), [
    "***\n\nGood.\n\n!!! ---",
    "Bad.",
  ]);
  assertEquals([textsOf("", "sentence"), textsOf("?!", "sentence")], [[], []]);
});

Deno.test("a word that reaches over the end of a group joins it with the next", () => {
  const whole: Tokenize = () => ({
    tokens: [{ text: "a", start: 0, end: 1 }, { text: "b. C", start: 3, end: 7 }, {
      text: "d",
      start: 8,
      end: 9,
    }],
  });
  assertEquals(textsOf("a, b. C d. E", "sentence", whole), ["a, b. C d. E"]);
});

Deno.test("what was cut off is in no group", () => {
  const text = "One two. Three four. Five.";
  const [head, tail] = (["post", "pre"] as const).map((truncatingSide) =>
    readText(betweenBlanks, text, { maxWords: 3, truncatingSide })
  );
  const cut = (document: Document) =>
    unitsOf(document, "sentence").map(({ start, end, from, to }) => [
      text.slice(start, end),
      from,
      to,
    ]);
  assertEquals(cut(head!), [["One two.", 0, 2], ["Three", 2, 3]]);
  assertEquals(cut(tail!), [["Three four.", 0, 2], ["Five.", 2, 3]]);
});

Deno.test("an unknown unit is refused, and the nearest named", () => {
  assertEquals(unitNames.map(unitName), [...unitNames]);
  assertThrows(() => unitName("sentense"), RangeError, 'did you mean "sentence"?');
});

const pieces = fc.constantFrom(
  ...'a,Go,Mr.,I,3.5,e.g.,don\'t,x-y,(b,c),"d,e",–,—,...,!?,***,日本。,我、,Он.,🙂,é'.split(","),
);
const blanks = fc.constantFrom(" ", "  ", "\n", "\r\n", "\n\n", "\n \t\n", "\t", "\u00a0", "");
const text = fc.array(fc.tuple(pieces, blanks), { maxLength: 30 }).map((list) =>
  list.flat().join("")
);

Deno.test("groups part the words and the text, and smaller ones lie in larger ones", () => {
  const tokenizes = [betweenBlanks, unicode];
  fc.assert(
    fc.property(
      text,
      fc.nat(1),
      fc.option(fc.integer({ min: 1, max: 12 })),
      (text, which, limit) => {
        const document = readText(tokenizes[which]!, text, limit ?? Infinity);
        const { tokens } = document;
        const last = tokens.at(-1);
        let larger = new Set<number>();
        for (const unit of unitNames.toReversed()) {
          const units = unitsOf(document, unit);
          // The words, one after the other.
          assertEquals(units.flatMap(({ from, to }) => [from, to]), [
            ...units.flatMap(({ from }, i) => i === 0 ? [0] : [from, from]),
            ...(units.length > 0 ? [tokens.length] : []),
          ]);
          units.forEach(({ start, end, from, to }) => {
            assert(from < to && start <= tokens[from]!.start && end >= tokens[to - 1]!.end);
            assert(units.length === 0 || text.slice(start, end).trim() === text.slice(start, end));
          });
          const starts = new Set(units.map(({ from }) => from));
          assertEquals([...larger].filter((from) => !starts.has(from)), []);
          larger = starts;
          if (unit === "word" || last === undefined) continue;
          // Between them there are blanks alone, and nothing behind them but what was cut off.
          const bounds = [0, ...units.flatMap(({ start, end }) => [start, end])];
          for (let i = 0; i < bounds.length - 1; i += 2) {
            assertEquals(text.slice(bounds[i], bounds[i + 1]).trim(), "");
          }
          const rest = text.slice(bounds.at(-1));
          if ((document.truncated ?? 0) === 0) assertEquals(rest.trim(), "");
          else assertEquals(bounds.at(-1), last.end);
        }
      },
    ),
    { numRuns: 300 },
  );
});
