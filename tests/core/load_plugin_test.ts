import { getExplainer, modelKinds, tokenizers } from "@heatword/core";
import { openModel } from "@heatword/core/models";
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

/** A line that makes a tokenizer in a constant of its name. */
const tokenizer = (name: string) =>
  `const ${name} = { name: "${name}", description: "Made", options: {}, open: () => () => ({ tokens: [] }) };`;

test("loadPlugin() registers plugins of all three kinds, several from one file", async () => {
  const explainer = (await pluginOfReadme())
    .replaceAll('"soloist"', '"quartet"').replace("export default", "const quartet =");
  const kind = `const kind = {
    name: "made-kind",
    description: "Made for a test",
    recognises: (spec) => spec === "made:model",
    open: () => Promise.reject(new Error("opened")),
  };`;
  const content = `${explainer}\n${tokenizer("tercet")}\n${kind}
    export default [quartet, tercet, kind];`;
  await withFile(content, async (path) => {
    const loaded = await loadPlugin(path);
    assertEquals(loaded.map(({ kind, plugin }) => [kind, plugin.name]), [
      ["explainer", "quartet"],
      ["tokenizer", "tercet"],
      ["kind of model", "made-kind"],
    ]);
    assertEquals(getExplainer("quartet"), loaded[0]!.plugin);
    assertEquals(tokenizers.get("tercet"), loaded[1]!.plugin);
    assertEquals(modelKinds.get("made-kind"), loaded[2]!.plugin);
    await assertRejects(() => openModel("made:model"), Error, "opened");
    assertEquals((await readPluginsOf(path, "tokenizer")).map(({ name }) => name), ["tercet"]);
  });
});

test("loadPlugin() registers none of several where one is wrong", async () => {
  await withFile(`${tokenizer("lonely")} export default [lonely, {}];`, async (path) => {
    await assertRejects(
      () => loadPlugin(path),
      TypeError,
      "of its number 2: it looks like no kind",
    );
    assertEquals(tokenizers.has("lonely"), false);
  });
});

test("readPluginsOf() says what a file holds instead", async () => {
  await withFile(`${tokenizer("sole")} export default sole;`, async (path) => {
    await assertRejects(
      () => readPluginsOf(path, "explainer"),
      TypeError,
      `Cannot load plugin "${path}": it holds no explainer, but: tokenizer`,
    );
  });
});

test("loadPlugin() says where in a file something is wrong", async () => {
  const cases: [content: string, message: string, place: string][] = [
    ['\n  throw new Error("no luck\\ntoday");', "no luck", "2:9"],
    ["const a =\n;", "SyntaxError: Expression expected", "2:1"],
  ];
  for (const [content, message, place] of cases) {
    await withFile(content, async (path) => {
      const error = await assertRejects(() => loadPlugin(path), TypeError, message);
      assert(error.message.endsWith(` (${path}:${place})`), error.message);
    });
  }
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
  const hashtags = (parts: string) =>
    `export default { name: "hashtags", description: "Hashtags", options: {}, ${parts} };`;
  await refuses(
    "a tokenizer that is not defined by the helper",
    hashtags("tokenize: (text) => ({ tokens: [] })"),
    'cannot take tokenizer "hashtags": "open" must be a function; ' +
      'defineTokenizer makes it of "tokenize"',
  );
  await refuses(
    "a tokenizer with a default that is not allowed",
    hashtags("open() {}").replace(
      "options: {}",
      'options: { side: { type: "choice", choices: ["a"], default: "b", description: "Side" } }',
    ),
    'cannot take tokenizer "hashtags": a default is not allowed: Option "side" takes one of a, not "b"',
  );
  await refuses(
    "a kind of model that cannot open any",
    'export default { name: "words", description: "Words", recognises: () => true };',
    'cannot take kind of model "words": "open" must be a function',
  );
  await refuses(
    "a model",
    'export default { classes: ["a"], scores() {}, encode() {}, withoutWords() {}, read() {} };',
    "it looks like a model, which is not a plugin: name its file with --model",
  );
  await refuses(
    "an object of no kind",
    'export default { name: "x" };',
    'it looks like no kind of plugin: an explainer has "explain", a tokenizer "open", a kind of ' +
      'model "recognises"',
  );
  await refuses("nothing in an array", "export default [];", "it is an array without a plugin");
  await refuses(
    "several, one of them malformed",
    `${tokenizer("fine")} export default [fine, 3];`,
    "of its number 2: it is a number, not a plugin",
  );
  await refuses(
    "two of one name",
    `${tokenizer("twin")} export default [twin, { ...twin }];`,
    'the name "twin" is taken by another tokenizer',
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
