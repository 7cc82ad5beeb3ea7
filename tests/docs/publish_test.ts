import { assertEquals, assertStringIncludes } from "@std/assert";
import { saidBy } from "../_said.ts";
import { root } from "./_documents.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "env", "run");

test("the packages pass the checks for publishing", async () => {
  const { code, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["publish", "--dry-run", "--allow-dirty"],
    cwd: root,
    env: { NO_COLOR: "1" },
  }).output();
  const said = saidBy(stderr);
  assertEquals(code, 0, said);
  for (const name of ["core", "explainers", "datasets", "eval", "apps"]) {
    assertStringIncludes(said, `Simulating publish of @heatword/${name}@`);
  }
  // A plugin is a file that nobody knows before, and a command of several programs starts the one
  // that is named; nothing else may escape the check.
  const warnings = said.replaceAll(decodeURIComponent(root.pathname), "").matchAll(
    /^warning\[(.*?)\].*\n\s+--> (\S+?):/gm,
  );
  assertEquals([...warnings].map(([, kind, file]) => `${kind} ${file}`), [
    "unanalyzable-dynamic-import apps/cli/started.ts",
    "unanalyzable-dynamic-import core/import_default.ts",
  ]);
});
