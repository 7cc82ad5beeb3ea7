import { assertEquals, assertRejects } from "@std/assert";
import type { Command } from "./_commands.ts";
import { CommandRunner } from "./_run_commands.ts";

/** A runner that runs nothing, and what it was to run. */
function recorded(stderr = "", code = 0) {
  const texts: string[] = [];
  const runner = new CommandRunner({
    run: (text) => {
      texts.push(text);
      return Promise.resolve({ code, stdout: "", stderr });
    },
    command: () => {
      throw new Error("Nothing is served here");
    },
  });
  return { runner, texts };
}

const typed = (text: string): Command => ({ document: "a.md", line: 1, block: 1, text });

Deno.test("CommandRunner runs the same stand-in once, and commands as often as they stand there", async () => {
  const { runner, texts } = recorded();
  const lines = [
    "deno task reproduce",
    "cat a",
    "npx -y deno@2.9.6 task reproduce",
    "cat a",
    "deno run bench/reliability/kills.ts 200",
    "deno run bench/reliability/kills.ts 100",
  ];
  for (const line of lines) await runner.check(typed(line));
  assertEquals(texts, [
    "deno task reproduce --corpus miniature --quick",
    "cat a",
    "cat a",
    "deno run bench/reliability/kills.ts 2",
  ]);
});

Deno.test("CommandRunner prepares what was not run before", async () => {
  const { runner, texts } = recorded();
  await runner.check(typed("train --out a"));
  for (const line of ["train --out a", "train --out b", "train --out b"]) {
    await runner.prepare(typed(line));
  }
  assertEquals(texts, ["train --out a", "train --out b"]);
});

Deno.test("CommandRunner runs a stand-in again that failed", async () => {
  for (const { runner, texts } of [recorded("", 1), recorded("note: a\nwarning: b\n")]) {
    const standIn = "deno task reproduce --corpus miniature --quick";
    for (let i = 0; i < 2; i++) {
      await assertRejects(() => runner.check(typed("deno task reproduce")), Error, standIn);
    }
    assertEquals(texts, [standIn, standIn]);
  }
});
