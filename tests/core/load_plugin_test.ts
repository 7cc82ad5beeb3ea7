import { getExplainer } from "@heatword/core";
import { loadPlugin, readPlugins, readPluginsOf } from "@heatword/core/plugin";
import "@heatword/explainers";
import { checkExplainer } from "@heatword/explainers/check";
import { assert, assertEquals, assertLess, assertRejects, assertThrows } from "@std/assert";
import { pathToFileURL } from "node:url";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "write");

async function withFile(content: string, test: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "heatword-plugin-" });
  try {
    await Deno.writeTextFile(`${folder}/mine.ts`, content);
    await test(`${folder}/mine.ts`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

async function pluginOfReadme(): Promise<string> {
  const readme = await Deno.readTextFile(
    new URL(import.meta.resolve("../../explainers/README.md")),
  );
  return /^```ts\n([\s\S]*?)^```$/m.exec(readme)![1]!;
}

test("the plugin of the README is complete in less than forty lines", async () => {
  assertLess((await pluginOfReadme()).trimEnd().split("\n").length, 40);
});

test("the plugin of the README loads as it stands there and conforms", async () => {
  await withFile(await pluginOfReadme(), async (path) => {
    const [explainer] = await readPluginsOf(path, "explainer");
    const loaded = [{ kind: "explainer", plugin: explainer! }] as const;
    assertEquals(await loadPlugin(path), [...loaded]);
    assertEquals(getExplainer("soloist"), explainer);
    const { passed, results } = await checkExplainer(explainer!);
    assert(passed, JSON.stringify(results));
    assertEquals(await loadPlugin(path), [...loaded]);
    assertEquals(await readPlugins(pathToFileURL(path)), [...loaded]);
  });
});

test("readPlugins() takes a path relative to the working directory", async () => {
  await withFile(await pluginOfReadme(), async (path) => {
    const up = Deno.cwd().split("/").filter(Boolean).map(() => "..").join("/");
    const found = await readPlugins(`${up}${path}`);
    assertEquals(found.map(({ kind, plugin: { name } }) => [kind, name]), [[
      "explainer",
      "soloist",
    ]]);
  });
});

test("readPlugins() does not register", async () => {
  const content = (await pluginOfReadme()).replaceAll('"soloist"', '"unheard"');
  await withFile(content, async (path) => {
    await readPlugins(path);
    assertThrows(() => getExplainer("unheard"), RangeError, 'Unknown explainer "unheard"');
  });
});

test("loadPlugin() says what is wrong with a file", async (t) => {
  const refuses = (name: string, content: string, message: string) =>
    t.step(name, () =>
      withFile(content, async (path) => {
        await assertRejects(
          () => loadPlugin(path),
          TypeError,
          `Cannot load plugin "${path}": ${message}`,
        );
      }));
  await refuses("no default export", "export const a = 1;", "it has no default export");
  await refuses("not an object", "export default 3;", "it is a number, not a plugin");
  await refuses(
    "without a function",
    'export default { name: "x", description: "Does nothing", tags: {} };',
    'cannot take explainer "x": "explain" must be a function',
  );
  await refuses(
    "an explainer of the old form",
    (await pluginOfReadme())
      .replace(/export default [^]*/, "export default { ...soloist, explain: (a, b) => [a, b] };"),
    'cannot take explainer "soloist": "explain" takes one object, { model, input, targets, options }',
  );
  await refuses("a syntax error", "export default {", "");
  await refuses("an error of its own", 'throw new Error("no luck today");', "no luck today");
  await refuses(
    "a name that is taken",
    (await pluginOfReadme()).replaceAll('"soloist"', '"lrp"'),
    'the name "lrp" is taken by another explainer',
  );
});

test("loadPlugin() says that there is no such file", async () => {
  await assertRejects(
    () => loadPlugin("./no/such/plugin.ts"),
    Deno.errors.NotFound,
    'Cannot find plugin "./no/such/plugin.ts": there is no such file',
  );
  await assertRejects(() => loadPlugin("."), TypeError, 'Cannot load plugin ".": it is not a file');
});
