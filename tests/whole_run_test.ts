import { assertEquals, assertStringIncludes } from "@std/assert";
import { testPermitted } from "./_skip.ts";

const test = testPermitted("read", "write", "env", "run", "net", "sys", "ffi");

// Where this is ignored, its name is the line that tells how to run the rest.
test('"deno test -P" runs all tests; "deno task test" the examples of the documents, too', async () => {
  const { permissions, tasks } = JSON.parse(
    await Deno.readTextFile(new URL("../deno.json", import.meta.url)),
  );
  assertEquals(permissions.default, {
    read: true,
    write: true,
    env: true,
    run: true,
    net: ["127.0.0.1", "localhost"],
    sys: true,
    ffi: true,
  });
  assertStringIncludes(tasks.test.command, "deno test --parallel --doc -P ");
});
