import { findCache, findData } from "@heatword/datasets";
import { assertEquals } from "@std/assert";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "env", "run");

/** What both give in a process with this environment. */
async function inEnvironment(env: Record<string, string>): Promise<string[]> {
  const module = import.meta.resolve("@heatword/datasets");
  const code = `import { findCache, findData } from ${JSON.stringify(module)};
    console.log(JSON.stringify([findData(), findCache(), findData("/a"), findCache("/b")]));`;
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["eval", code], env })
    .output();
  return JSON.parse(new TextDecoder().decode(stdout));
}

Deno.test("findData() and findCache() take what is named", () => {
  assertEquals(findData("/named"), "/named");
  assertEquals(findCache("/named"), "/named");
});

test("findData() and findCache() take the environment, and else a folder here", async () => {
  assertEquals(
    await inEnvironment({ HEATWORD_DATA: "/data", HEATWORD_CACHE: "/cache" }),
    ["/data", "/cache", "/a", "/b"],
  );
  assertEquals(
    await inEnvironment({ HEATWORD_DATA: "", HEATWORD_CACHE: "" }),
    ["./data", "./.cache", "/a", "/b"],
  );
});
