import { assertEquals } from "@std/assert";
import { commandsOf } from "./_commands.ts";
import { filesWritten } from "./_files.ts";
import { planCommands, type Skip } from "./_skipped.ts";

const fence = "```";
const shell = (...lines: string[]) => [`${fence}sh`, ...lines, fence, ""].join("\n");

/** The lines that are skipped, of a document that is made of blocks, with their reasons. */
function skippedOf(
  blocks: string[][],
  skips: Record<string, Skip>,
  alsoWritten: Record<string, string[]> = {},
): Record<string, string> {
  const commands = commandsOf("a.md", blocks.map((lines) => shell(...lines)).join("\n"));
  const first = (text: string) => text.split(" ")[0]!;
  const plan = planCommands(
    commands,
    ({ text }) => skips[first(text)],
    ({ text }) => alsoWritten[first(text)] ?? [],
  );
  return Object.fromEntries(
    plan.flatMap(({ command, skipped }) => skipped === undefined ? [] : [[command.text, skipped]]),
  );
}

const missed = { reason: "there is no parallel", missed: true };

Deno.test("planCommands() skips what follows a skipped command in its block", () => {
  assertEquals(
    skippedOf([["first", "parallel one", "second", "third"], ["fourth"]], { parallel: missed }),
    {
      "parallel one": "there is no parallel",
      "second": "it builds on line 3, which is skipped",
      "third": "it builds on line 3, which is skipped",
    },
  );
});

Deno.test("planCommands() skips what reads a file that a skipped command would have written", () => {
  const blocks = [
    ["parallel explain --out parts/{}.jsonl ::: 1 2"],
    ["cat parts/{1..4}.jsonl > whole.jsonl"],
    ["wc -l other.jsonl"],
    ["wc -l whole.jsonl"],
    ["wc -l < 'whole.jsonl'"],
  ];
  const why = "it builds on line 2, which is skipped";
  assertEquals(skippedOf(blocks, { parallel: missed }), {
    "parallel explain --out parts/{}.jsonl ::: 1 2": "there is no parallel",
    "cat parts/{1..4}.jsonl > whole.jsonl": why,
    "wc -l whole.jsonl": why,
    "wc -l < 'whole.jsonl'": why,
  });
  assertEquals(skippedOf(blocks, {}), {});
});

Deno.test("planCommands() skips what reads a folder that a skipped command would have made", () => {
  assertEquals(
    Object.keys(
      skippedOf([["train --out model"], ["sort model/a.txt"], ["sort models"]], { train: missed }),
    ),
    ["train --out model", "sort model/a.txt"],
  );
});

Deno.test("planCommands() goes on where another command makes the file", () => {
  const blocks = [
    ["parallel explain --out parts/{}.jsonl"],
    ["sbatch job && cat parts/{1..4}.jsonl > all.jsonl"],
    ["wc -l parts/1.jsonl", "wc -l all.jsonl", "explain > parts/*.jsonl", "wc parts/*.jsonl"],
  ];
  const own = ["parallel explain --out parts/{}.jsonl"];
  assertEquals(
    Object.keys(skippedOf(blocks, { parallel: missed }, { sbatch: ["parts/*.jsonl"] })),
    own,
  );
});

Deno.test("planCommands() takes nothing else along for a command that is run elsewhere", () => {
  const elsewhere = { reason: "it downloads", missed: false };
  assertEquals(skippedOf([["fetch", "next"]], { fetch: elsewhere }), { fetch: "it downloads" });
});

Deno.test("planCommands() begins anew with each document", () => {
  const commands = ["a.md", "b.md"].flatMap((name) =>
    commandsOf(name, shell(name === "a.md" ? "parallel > x" : "cat x"))
  );
  const plan = planCommands(commands, ({ text }) => /^parallel/.test(text) ? missed : undefined);
  assertEquals(plan.map(({ name }) => name), [
    "a.md:2 parallel > x (skipped: there is no parallel)",
    "b.md:2 cat x",
  ]);
});

Deno.test("filesWritten() reads the names from the command", () => {
  assertEquals(filesWritten("explain --batch - < a > b >> c.log"), ["b", "c.log"]);
  assertEquals(filesWritten("run --joblog 'x.log' --out=d/$I.csv > /dev/null"), [
    "x.log",
    "d/*.csv",
  ]);
  assertEquals(filesWritten("sort a | uniq"), []);
});
