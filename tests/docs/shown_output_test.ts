import { assertEquals } from "@std/assert";
import { runProgram } from "../apps/_run_program.ts";
import { readRepositoryFile } from "./_documents.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "run");

test("docs/explain.md shows what its first command says", async () => {
  const [, text, shown] = /^deno task explain "(.*)"\n```\n\n```\n([^]*?)^```/m.exec(
    readRepositoryFile("docs/explain.md"),
  )!;
  const { code, stdout } = await runProgram("explain", [text!]);
  assertEquals([code, stdout], [0, shown]);
});
