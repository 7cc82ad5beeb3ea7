import { assertEquals } from "@std/assert";
import { parseHTML } from "linkedom";
import type { Document } from "@heatword/core";
import { draftOf } from "../../../apps/serve/page/draft.ts";
import { linkOf, presented, withinSentence } from "../../../apps/serve/page/explainer_names.ts";
import { percent, probabilities } from "../../../apps/serve/page/numbers.ts";
import { type Piece, piecesOf, setPieces } from "../../../apps/serve/page/heat_pieces.ts";
import type { Words } from "../../../apps/serve/page/protocol.ts";
import { reflow } from "../../../apps/serve/page/reflow.ts";
import { wordsOfCharacters } from "../../../apps/serve/page/units.ts";

Deno.test("reflow() joins full lines of a paragraph and leaves each character where it was", () => {
  const full = "a line that is as long as lines of mails are wont to be";
  const kept = [
    "",
    `> ${full}`,
    `> ${full}`,
    "short",
    full,
    `- ${full}`,
    `1. ${full}`,
    `From: ${full}`,
    `  ${full}`,
    full,
  ];
  const text = [full, "ends here.", ...kept].join("\n");
  const made = reflow(text);
  assertEquals(made.split("\n"), [`${full} ends here.`, ...kept]);
  assertEquals(made.replaceAll(" ", "\n"), text.replaceAll(" ", "\n"));
  assertEquals([reflow(made), reflow("")], [made, ""]);
});

Deno.test("piecesOf() cuts a text into words, what is not seen, and what is between", () => {
  const text = "Hi, moon! 12 rides";
  const words: Words = {
    starts: Int32Array.of(0, 4),
    ends: Int32Array.of(2, 8),
    unknown: new Uint8Array(2),
    truncated: 1,
    unseen: [
      { start: 2, end: 3, reason: "filtered" },
      { start: 8, end: 9, reason: "filtered" },
      { start: 10, end: 18, reason: "beyond the limit" },
    ],
    leftOut: [],
  };
  const pieces = piecesOf(text, words);
  assertEquals(pieces.map(({ kind, text }) => [kind, text]), [
    ["word", "Hi"],
    ["filtered", ","],
    ["between", " "],
    ["word", "moon"],
    ["filtered", "!"],
    ["between", " "],
    ["beyond the limit", "12 rides"],
  ]);
  assertEquals(pieces.map(({ text }) => text).join(""), text);
});

Deno.test("setPieces() leaves the nodes of pieces alone that stay what they are", () => {
  // deno-lint-ignore no-explicit-any
  const { document } = parseHTML("<div></div>") as any;
  const element = document.querySelector("div");
  let made = 0;
  const make = ({ text }: Piece) => {
    made++;
    return document.createTextNode(text);
  };
  const pieces = (words: string): Piece[] =>
    words.split("").map((text) => ({ kind: text === " " ? "between" : "word", text }));
  let now: Piece[] = [];
  const set = (words: string) => {
    const after = pieces(words);
    made = 0;
    setPieces(element, now, after, make);
    now = after;
    assertEquals([...element.childNodes].map((node) => node.textContent).join(""), words);
    return made;
  };
  const counts = ["a b c", "a b cd", "a x cd", "x cd", "", "aaa", "aa", "aba", "ab aba"].map(set);
  assertEquals(counts, [5, 1, 1, 0, 0, 3, 0, 1, 3]);
  set("a b");
  const [first, , last] = element.childNodes;
  set("a c b");
  assertEquals(element.childNodes[0] === first && element.childNodes[4] === last, true);
  // A piece of another kind is another node, whatever its text.
  const other: Piece[] = [{ kind: "filtered", text: "a" }, ...now.slice(1)];
  made = 0;
  setPieces(element, now, other, make);
  assertEquals([made, element.childNodes[0] === first], [1, false]);
});

Deno.test("draftOf() keeps of an edited text what is known of words that were not changed", () => {
  const words: Words = {
    starts: Int32Array.of(0, 8, 14),
    ends: Int32Array.of(3, 12, 19),
    unknown: Uint8Array.of(0, 1, 0),
    members: [[0], [8], [14, 16]],
    truncated: 0,
    unseen: [{ start: 4, end: 7, reason: "filtered" }],
    leftOut: [],
  };
  const heat = { relevance: [1, 2, 3], signed: true };
  const before = "the 007 moon, orbit";
  const [now, colours] = draftOf(words, heat, before, "the 007 moons, orbit");
  // What stands before the caret may yet become another word: it keeps its colour for that moment.
  assertEquals([...now.starts], [0, 8, 15]);
  assertEquals([...now.ends], [3, 12, 20]);
  assertEquals([now.members, now.unseen], [[[0], [8], [15, 17]], words.unseen]);
  assertEquals(colours?.relevance, [1, 2, 3]);
  const [cut, kept] = draftOf(words, heat, before, "the 0 moon, orbit");
  assertEquals([[...cut.starts], cut.unseen, kept?.relevance], [[0, 6, 12], [], [1, 2, 3]]);
  const [other, none] = draftOf(words, heat, before, "Again");
  assertEquals([[...other.starts], none?.relevance], [[], []]);
  assertEquals(draftOf(undefined, undefined, "", "x")[1], undefined);
});

Deno.test("presented() takes names in full, sentences and links from what explainers say", () => {
  const lrp = presented({
    name: "lrp",
    description: "Layer-wise relevance propagation: takes the score back",
    citation:
      "Bach et al. 2015, doi:10.1371/journal.pone.0130140; for text: Arras et al. 2016, doi:1",
  });
  assertEquals(lrp, {
    title: "Layer-wise relevance propagation",
    sentence: "Takes the score back.",
    source: "Bach et al. 2015",
    link: "https://doi.org/10.1371/journal.pone.0130140",
  });
  const own = presented({ name: "my-own", description: "Counts words", citation: "none" });
  assertEquals(own, { title: "My own", sentence: "Counts words.", source: "none" });
  assertEquals(linkOf("Simonyan et al. 2013, arXiv:1312.6034"), "https://arxiv.org/abs/1312.6034");
  assertEquals(linkOf("javascript:alert(1)"), undefined);
  assertEquals(
    ["Layer-wise x", "LIME", "Shapley values", "DeepLIFT (rescale)", "Occlusion"]
      .map(withinSentence),
    ["layer-wise x", "LIME", "Shapley values", "DeepLIFT (rescale)", "occlusion"],
  );
});

Deno.test("probabilities() leaves what are probabilities already as they are", () => {
  assertEquals([...probabilities([0.25, 0.75])], [0.25, 0.75]);
  const [first] = probabilities([0, Math.log(3)]);
  assertEquals(first?.toFixed(12), "0.250000000000");
  assertEquals([0.001, 0.5, 0.999, 1].map(percent), [
    "<1\u00a0%",
    "50\u00a0%",
    ">99\u00a0%",
    "100\u00a0%",
  ]);
});

Deno.test("wordsOfCharacters() groups characters between blanks, whether blanks are read or not", () => {
  const read = (text: string, blanks: boolean): Document => ({
    text,
    tokens: [...text].flatMap((character, start) =>
      blanks || character !== " " ? [{ text: character, start, end: start + 1 }] : []
    ),
  });
  assertEquals(wordsOfCharacters(read(" ab  c", true)), [
    { start: 0, end: 1, from: 0, to: 1 },
    { start: 1, end: 3, from: 1, to: 5 },
    { start: 5, end: 6, from: 5, to: 6 },
  ]);
  assertEquals(wordsOfCharacters(read("ab  c", false)), [
    { start: 0, end: 2, from: 0, to: 2 },
    { start: 4, end: 5, from: 2, to: 3 },
  ]);
});
