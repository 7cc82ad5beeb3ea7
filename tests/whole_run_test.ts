import { assertEquals, assertMatch, assertStringIncludes } from "@std/assert";
import { testPermitted } from "./_skip.ts";

const test = testPermitted("read", "write", "env", "run", "net", "sys", "ffi");
const root = new URL("../", import.meta.url);

// Where this is ignored, its name is the line that tells how to run the rest.
test('"deno test -P" runs all tests; "deno task test" the examples of the documents, too', async () => {
  const { permissions, tasks } = JSON.parse(await Deno.readTextFile(new URL("deno.json", root)));
  assertEquals(permissions.default, {
    read: true,
    write: true,
    env: true,
    run: true,
    net: true,
    sys: true,
    ffi: true,
  });
  assertStringIncludes(tasks.test.command, "deno test --parallel --doc -P ");
});

// Permissions of tests in deno.json of their own would keep it from running anything.
test('"deno test" without flags runs what needs no permission, and ignores the rest', async () => {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["test", "--no-check", "tests/core/random_test.ts", "tests/whole_run_test.ts"],
    cwd: root,
    env: { NO_COLOR: "1", DENO_NO_PROMPT: "1" },
    stdin: "null",
  }).output();
  const said = new TextDecoder().decode(stdout) + new TextDecoder().decode(stderr);
  assertEquals(code, 0, said);
  assertMatch(said, /\nok \| [1-9]\d* passed \| 0 failed \| 2 ignored /);
});
