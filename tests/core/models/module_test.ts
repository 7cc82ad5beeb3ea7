import { kindOfModel, openModel } from "@heatword/core/models";
import { assertEquals, assertRejects } from "@std/assert";
import { pathToFileURL } from "node:url";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write");

/** A model that counts the letter e, in plain JavaScript. */
const counting = `({
  classes: ["e", "none"],
  read: (text) => ({ text, tokens: [{ text, start: 0, end: text.length }] }),
  encode: ({ tokens }) => ({ length: tokens.length, text: tokens.map(({ text }) => text).join("") }),
  scores: ({ text }) => Float64Array.of(text.split("e").length - 1, 0.5),
  withoutWords: (input) => ({ ...input, text: "" }),
})`;

async function withFile(
  name: string,
  content: string,
  test: (path: string) => Promise<void>,
): Promise<void> {
  const folder = await Deno.makeTempDir({ prefix: "heatword-module-" });
  try {
    await Deno.writeTextFile(`${folder}/${name}`, content);
    await test(`${folder}/${name}`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

for (const ending of ["ts", "js", "mjs", "mts"]) {
  test(`openModel() opens a .${ending} file whose default export is a model`, () =>
    withFile(`mine.${ending}`, `export default ${counting};`, async (path) => {
      for (const spec of [path, pathToFileURL(path).href]) {
        const model = await openModel(spec);
        const scores = await model.scores(model.encode(model.read("engines")));
        assertEquals([...scores], [2, 0.5]);
      }
    }));
}

test("openModel() says what a module is that holds no model", async (t) => {
  const cases: [content: string, message: string][] = [
    ["export const a = 1;", 'it has no default export; write "export default" before the model'],
    ["export default 3;", "it is not an object"],
    [`export default { ...${counting}, classes: [] };`, '"classes" must be a list of names'],
    [`export default { ...${counting}, encode: 1 };`, '"encode" must be a function'],
    [
      'export default { name: "x", description: "X", options: {}, open: () => 1 };',
      "its default export is not a model but a tokenizer: name it with --plugin",
    ],
    [
      'import { defineModel } from "@heatword/core"; export default defineModel({ classes: ["a"] });',
      'Cannot take the model: it has neither "score" nor "scores" (',
    ],
    [
      'import { defineModel } from "@heatword/core"; export default defineModel({ score: "a" });',
      'Cannot take the model: "score" must be a function (',
    ],
    ["export default {", ""],
    ['throw new Error("no luck today");', "no luck today ("],
  ];
  for (const [content, message] of cases) {
    await t.step(content, () =>
      withFile("mine.ts", content, async (path) => {
        await assertRejects(
          () => openModel(path),
          TypeError,
          `Cannot load model "${path}": ${message}`,
        );
      }));
  }
  await assertRejects(
    () => openModel("./no/such/model.ts"),
    Deno.errors.NotFound,
    'Cannot find model "./no/such/model.ts": there is no such file',
  );
});

test("a folder is not a module, whatever it is called", async () => {
  const folder = await Deno.makeTempDir({ suffix: ".ts" });
  try {
    assertEquals(await kindOfModel(folder), undefined);
  } finally {
    await Deno.remove(folder);
  }
});
