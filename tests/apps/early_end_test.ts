// Code that a program loads, and that leaves it without a result.
import { assertEquals } from "@std/assert";
import { testPermitted } from "../_skip.ts";
import { runProgram } from "./_run_program.ts";

const test = testPermitted("read", "write", "run");

/** An explainer that does something instead. */
const explainer = (instead: string) =>
  `export default {
  name: "leaver",
  description: "Leaves",
  citation: "none",
  tags: { needs: "scores", signed: true, conserves: false, ignoresDeleted: false, stochastic: false },
  options: {},
  explain() { ${instead} },
};`;

const ended = "A plugin or a model ended the program before its work was done";
const endless = "The work never ends: a plugin or a model waits for what does not come";

test("a program fails in one line where what it loaded ends it, never ends, or throws", async () => {
  const folder = await Deno.makeTempDir();
  const path = `${folder}/leaver.ts`;
  const explaining = ["explain", "--plugin", path, "--explainer", "leaver", "a ride"];
  const cases: [instead: string, args: string[], message: string][] = [
    ["Deno.exit(0);", explaining, ended],
    ["Deno.exit();", ["check-explainer", path], ended],
    ["return new Promise(() => {});", explaining, endless],
    ["throw new Error('no luck');", explaining, `no luck (${path}:7:21)`],
  ];
  for (const [instead, [app, ...args], message] of cases) {
    await Deno.writeTextFile(path, explainer(instead));
    const { code, stdout, stderr } = await runProgram(app!, args);
    assertEquals([code, stdout, stderr], [1, "", `error: ${message}\n`]);
  }
  await Deno.remove(folder, { recursive: true });
});
