import { type Explainer, listExplainers, modelKinds, tokenizers } from "@heatword/core";
import "@heatword/core/models";
import "@heatword/datasets/tokenizers";
import "@heatword/explainers";
import { assertEquals } from "@std/assert";
import { readRepositoryFile } from "./_documents.ts";
import { inCode, tableOf } from "./_tables.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read");
const answer = (yes: boolean | undefined) => yes ? "yes" : "no";

/** What a cell says that relevances sum to, as tags have it. */
function sumOf(cell: string) {
  return /^f − f/.test(cell) ? "difference" : /^f(, less|$)/.test(cell) ? "score" : false;
}

/** Compares whatever the order, row by row. */
function assertRows(said: readonly unknown[][], promised: readonly unknown[][]): void {
  assertEquals(said.length, promised.length);
  assertEquals(new Map(said.map((row) => [row[0], row])), new Map(promised.map((r) => [r[0], r])));
}

test("the table of docs/explainers.md says what the tags of the explainers say", () => {
  const rows = tableOf(readRepositoryFile("docs/explainers.md"), "explainer", "needs");
  assertRows(
    rows.map(([name, needs, signed, sum, ignores, samples]) => [
      name,
      needs,
      signed,
      sumOf(sum!),
      ignores,
      samples,
    ]),
    listExplainers().map(({ name, tags }) => [
      inCode(name),
      tags.needs,
      answer(tags.signed),
      tags.conserves,
      answer(tags.ignoresDeleted),
      answer(tags.stochastic),
    ]),
  );
});

/** How many texts of 100 words an explainer scores that needs no more than scores. */
function textsOf({ tags, options, cost }: Explainer): string {
  if (tags.needs !== "scores") return "";
  const values = Object.entries(options).map(([name, option]) => [name, option.default]);
  return cost!(100, Object.fromEntries(values)).toLocaleString("en");
}

/** How long each takes with default options, by the table of docs/explainers.md. */
function timesOf(markdown: string): Map<string, string> {
  const rows = tableOf(markdown, "explainer", "ms");
  // Of some there are several rows; the last one of these has the default number of samples.
  return new Map(
    rows.filter(([name]) => !/(detail|composite)=/.test(name!)).map(([name, ms]) => [
      /^`[^`]+`/.exec(name!)![0],
      ms!,
    ]),
  );
}

test("the README's table of explainers says what their tags, costs and times are", () => {
  const rows = tableOf(readRepositoryFile("README.md"), "`--explainer`");
  const times = timesOf(readRepositoryFile("docs/explainers.md"));
  assertRows(
    rows.map(([name, method, needs, sum, texts, ms]) => [
      name,
      method,
      needs,
      sumOf(sum!),
      texts,
      ms,
    ]),
    listExplainers().map((explainer) => [
      inCode(explainer.name),
      explainer.description.replace(/: .*$/, ""),
      explainer.tags.needs,
      explainer.tags.conserves,
      textsOf(explainer),
      times.get(inCode(explainer.name)),
    ]),
  );
});

test("the README has every kind of model with what it says of itself", () => {
  const rows = tableOf(readRepositoryFile("README.md"), "kind", "what `--model` takes");
  assertRows(
    rows.map(([name, takes]) => [name, takes]),
    modelKinds.list().map(({ name, description }) => [inCode(name), description]),
  );
});

test("README and docs/text.md have every tokenizer, the README with what it says of itself", () => {
  assertRows(
    tableOf(readRepositoryFile("README.md"), "tokenizer"),
    tokenizers.list().map(({ name, description }) => [inCode(name), description]),
  );
  assertRows(
    tableOf(readRepositoryFile("docs/text.md"), "name", "words are").map(([name]) => [name]),
    tokenizers.list().map(({ name }) => [inCode(name)]),
  );
});

test("docs/text.md names the options of every tokenizer", () => {
  const rows = tableOf(readRepositoryFile("docs/text.md"), "name", "words are", "options");
  assertRows(
    rows.map((
      [name, , options],
    ) => [name, options!.match(/\w+/g)?.filter((w) => w !== "or") ?? []]),
    tokenizers.list().map(({ name, options }) => [inCode(name), Object.keys(options)]),
  );
});
