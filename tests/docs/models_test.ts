import { assertEquals } from "@std/assert";
import { moduleIn, readRepositoryFile, root } from "./_documents.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "env", "run");

test("the TypeScript of docs/models.md runs", async () => {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    // Types of the examples are checked by the task that runs all tests.
    args: [
      ...["test", "--doc", "--no-check", "--allow-read", "--allow-env", "--allow-sys"],
      "docs/models.md",
    ],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  const said = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes)).join("\n");
  assertEquals(code, 0, said);
});

test("the function in docs/models.md is that of the examples", () => {
  assertEquals(moduleIn("docs/models.md"), readRepositoryFile("examples/function.ts"));
});
