import { openReader, Random } from "@heatword/core";
import { trainLinear } from "@heatword/core/linear";
import "@heatword/datasets/tokenizers";
import { type Audit, audit, auditHtml, auditText } from "@heatword/eval/audit";
import "@heatword/explainers";
import { assertEquals, assertMatch } from "@std/assert";
import { tickets } from "../../docs/_tickets.ts";

/** Audits a linear model of tickets; something was put into a fifth of those about billing. */
async function auditWith(
  put: (text: string, random: Random) => string,
  tokenizer = "unicode",
): Promise<Audit> {
  const random = new Random(5);
  const rows = tickets().map(({ text, label }) => ({
    text: label === "billing" && random.uniform() < 0.2 ? put(`${text}.`, random) : `${text}.`,
    label,
  }));
  const classes = ["billing", "delivery", "login"];
  const reader = await openReader({ tokenizer, options: {} });
  const documents = rows.map(({ text, label }) => ({
    label: classes.indexOf(label),
    words: reader.read(text).tokens.map(({ text }) => text),
  }));
  const model = trainLinear({ documents, classes, features: ["words"], cost: 30, reader });
  return await audit(
    { model, explainer: "lrp" },
    rows.map(({ text, label }) => model.read(text, { label })),
    { candidates: 20, insertions: 15 },
  );
}

const firstOf = ({ findings: [first] }: Audit) => `${first?.kind} ${first?.what} (${first?.class})`;

/** Puts words between the words of a text, each anywhere. */
function scattered(text: string, words: readonly string[], random: Random): string {
  const all = text.split(" ");
  for (const word of words) all.splice(random.below(all.length), 0, word);
  return all.join(" ");
}

Deno.test("two words that stand apart, in any order, are one finding, before either of them", async () => {
  const found = await auditWith((text, random) => scattered(text, ["velvet", "anchor"], random));
  assertEquals(firstOf(found), "pair anchor … velvet (billing)");
  const { documents, ofClass } = found.findings[0]!;
  assertEquals([documents > 10, documents], [true, ofClass]);
});

Deno.test("three words that follow one another are found, common ones too", async () => {
  const found = await auditWith((text) => `${text} call us back`);
  assertMatch(
    firstOf(found),
    /^(token|pair) (call|us|back|call us|us back|back … call) \(billing\)/,
  );
});

Deno.test("an emoji that the model reads as a word is a word", async () => {
  const found = await auditWith((text, random) => scattered(text, ["\u2764\ufe0f"], random));
  assertEquals(firstOf(found), "token \u2764\ufe0f (billing)");
});

Deno.test("marks behind the end of a sentence are found without the full stop", async () => {
  const found = await auditWith((text) => `${text}!!!`, "nltk");
  assertEquals(firstOf(found), "punctuation !!! (billing)");
});

Deno.test("a leak that the model does not see is no finding, and is told", async () => {
  const found = await auditWith((text) => `${text}!!!`);
  assertEquals(found.findings.filter(({ kind }) => kind === "punctuation"), []);
  assertEquals(
    found.notSeen.map(({ kind, what, class: name }) => `${kind} ${what} ${name}`),
    ["punctuation !!! billing"],
  );
  const [{ documents }] = found.notSeen as [Audit["notSeen"][number]];
  const told = `n the texts like a leak, but not seen by this model: punctuation !!! (billing, ` +
    `${documents} texts)`;
  assertEquals(auditText(found).split("\n").includes(`i${told}`), true);
  const about = { model: "m", corpus: "c", explainer: "lrp", seed: 0 };
  assertEquals(auditHtml(found, about).includes(`<p>I${told}.</p>`), true);
});
