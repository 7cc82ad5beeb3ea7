import { assertEquals } from "@std/assert";
import { chainsOf, type Unsaid } from "./_chains.ts";
import { commandsOf } from "./_commands.ts";

const fence = "```";

/** The commands of a document that is made of blocks. */
function documentOf(name: string, blocks: string[][]) {
  const block = (lines: string[]) => [`${fence}sh`, ...lines, fence, ""].join("\n");
  return commandsOf(name, blocks.map(block).join("\n"));
}

/** Each chain as the commands before it, a bar, and its own. */
function chained(documents: Record<string, string[][]>, unsaid: Record<string, Unsaid> = {}) {
  const commands = Object.entries(documents).flatMap(([name, blocks]) => documentOf(name, blocks));
  return chainsOf(commands, ({ text }) => unsaid[text] ?? {}).map(({ before, commands }) =>
    [...before.map(({ text }) => text), "|", ...commands.map(({ text }) => text)].join(" ")
  );
}

Deno.test("chainsOf() keeps the commands of a block together", () => {
  assertEquals(chained({ "a.md": [["one", "two"], ["three"], ["four", "five"]] }), [
    "| one two",
    "| three",
    "| four five",
  ]);
});

Deno.test("chainsOf() keeps together what makes a file and what takes it", () => {
  const blocks = [["x > a"], ["y"], ["sort a/b.txt --out c"], ["wc < 'c'"], ["wc d"]];
  assertEquals(chained({ "a.md": blocks }), [
    "| x > a sort a/b.txt --out c wc < 'c'",
    "| y",
    "| wc d",
  ]);
});

Deno.test("chainsOf() joins chains that a later command needs", () => {
  const blocks = [["x > a"], ["y > b"], ["z"], ["diff a b", "end"]];
  assertEquals(chained({ "a.md": blocks }), ["| x > a y > b diff a b end", "| z"]);
});

Deno.test("chainsOf() separates commands that make the same file", () => {
  assertEquals(chained({ "a.md": [["x --out a"], ["y --out a"], ["wc a"]] }), [
    "| x --out a",
    "| y --out a wc a",
  ]);
});

Deno.test("chainsOf() takes no task for a file of its name", () => {
  const blocks = [["deno task audit --out audit"], ["deno task audit"], ["wc audit"]];
  assertEquals(chained({ "a.md": blocks }), [
    "| deno task audit --out audit wc audit",
    "| deno task audit",
  ]);
});

Deno.test("chainsOf() names what another document has to have made, and nothing else of it", () => {
  const documents = {
    "a.md": [["first", "x --out base", "train base --out model"], ["other"]],
    "b.md": [["show model"], ["show nothing"]],
    "c.md": [["train --out model"], ["show model"]],
  };
  assertEquals(chained(documents), [
    "| first x --out base train base --out model",
    "| other",
    "x --out base train base --out model | show model",
    "| show nothing",
    "| train --out model show model",
  ]);
});

Deno.test("chainsOf() knows of files that the text does not say", () => {
  const documents = { "a.md": [["install"], ["other"]], "b.md": [["run 1"], ["run 2"]] };
  const unsaid = { install: { writes: ["bin/run"] }, "run 2": { reads: ["bin/run"] } };
  assertEquals(chained(documents, unsaid), [
    "| install",
    "| other",
    "| run 1",
    "install | run 2",
  ]);
});
