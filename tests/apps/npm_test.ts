import { listExplainers } from "@heatword/core";
import "@heatword/explainers";
import { assert, assertAlmostEquals, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { Places } from "../../apps/npm/places.ts";
import { writePackage } from "../../apps/npm/write.ts";
import { inFolder } from "../_in_folder.ts";
import { firstReason, lacksPermission, lacksProgram, testPermitted, testWith } from "../_skip.ts";
import {
  bundled,
  compressedBytes,
  installedPackage,
  reachesRegistry,
  run,
  scriptOf,
} from "../../bench/apps/_npm_project.ts";
import { root } from "../docs/_documents.ts";
import { browserTest, openPage } from "./serve/_browser.ts";

/** Whether packages of npm can be fetched. */
function lacksRegistry(): string | undefined {
  const lacks = firstReason(
    lacksPermission("read", "write", "env", "run", "net"),
    lacksProgram("npm"),
  );
  return lacks ?? (reachesRegistry() ? undefined : "npm reaches no registry");
}

const places = new Places({
  imports: { "left-pad": "npm:left-pad@1.3.0/index.js", "@std/csv": "./std/csv.ts" },
  packages: {
    core: { name: "@heatword/core", exports: { ".": "./mod.ts", "./files": "./files.ts" } },
  },
});

/** A module of the package, of the text that it has in the repository. */
async function transformed(path: string, text: string, others: Record<string, string> = {}) {
  const texts: Record<string, string> = { [path]: text, ...others };
  const read = (name: string) => Promise.resolve(texts[name] ?? "export {};");
  // These load TypeScript, which looks for settings of its own in the environment as it is loaded.
  const { findModules } = await import("../../apps/npm/modules.ts");
  const { transformModule } = await import("../../apps/npm/transform.ts");
  const { modules, files } = await findModules([path], places, read);
  return { ...transformModule(modules.find((one) => one.path === path)!, places), modules, files };
}

const test = testPermitted("read", "env");

test("names of modules become paths of the package and names of npm packages", async () => {
  const { code, declarations, modules } = await transformed(
    "eval/a/b.ts",
    `import { read } from "@heatword/core/files";
import pad from "left-pad";
import { parse } from "@std/csv";
import type { Near } from "./near.ts";
export { far } from "../far.ts";
export const all = (near: Near): unknown => [read, pad, parse, near, import("./later.ts")];
export const place: string = import.meta.resolve("@heatword/core");
export const script: URL = new URL("./worker.ts", import.meta.url);
`,
  );
  assertEquals(
    [...code.matchAll(/from "([^"]*)"|(?:import|resolve|URL)\("([^"]*)"/g)].map(([, a, b]) =>
      a ?? b
    ),
    [
      "../../core/files.js",
      "left-pad/index.js",
      "../../std/csv.js",
      "../far.js",
      "./later.js",
      "../../core/mod.js",
      "./worker.js",
    ],
  );
  assertMatch(declarations, /import type \{ Near \} from "\.\/near\.js";/);
  assertEquals(modules.map(({ path }) => path), [
    "core/files.ts",
    "core/mod.ts",
    "eval/a/b.ts",
    "eval/a/later.ts",
    "eval/a/near.ts",
    "eval/a/worker.ts",
    "eval/far.ts",
    "std/csv.ts",
  ]);
});

test("a name that nothing has is refused with the module it stands in", async () => {
  await assertRejects(
    () => transformed("core/a.ts", 'import "right-pad";'),
    RangeError,
    'core/a.ts imports "right-pad", which neither deno.json nor a package has',
  );
});

test("what a platform may lack is imported, and only that", async () => {
  const head = async (text: string) =>
    (await transformed("core/a.ts", text)).code.split("\n").filter((line) =>
      /#platform/.test(line)
    );
  assertEquals(await head("export const one = 1;"), []);
  assertEquals(await head("export const text = (o: { Deno: 1 }): unknown => o.Deno;"), []);
  assertEquals(await head("export const text = (): unknown => Deno.cwd();"), [
    'import { Deno } from "#platform";',
  ]);
  assertEquals(await head("export const both = (): unknown => Promise.withResolvers();"), [
    'import "#platform";',
  ]);
  const { declarations, code } = await transformed(
    "core/a.ts",
    "export declare const info: Deno.FileInfo;",
  );
  assertMatch(declarations, /^import type \{ Deno \} from "#platform";/);
  assert(!code.includes("#platform"));
});

test("imports of bytes become reads, and count among the files", async () => {
  const { code, files } = await transformed(
    "core/a.ts",
    'export const file = (): unknown => import("./a.bin", { with: { type: "bytes" } });',
  );
  assertMatch(code, /readBytes\(new URL\("\.\/a\.bin", import\.meta\.url\)\)/);
  assertEquals(files, ["core/a.bin"]);
});

test("modules that register something are told", async () => {
  const registers = async (text: string) => (await transformed("core/a.ts", text)).registers;
  assertEquals(await registers("export const one: unknown = registerExplainer({});"), true);
  assertEquals(await registers("kinds.register(one);"), true);
  assertEquals(await registers("export const later = () => registerExplainer({});"), false);
});

const testWriting = testPermitted("read", "write", "env");

testWriting("a folder of something else is never replaced", async () => {
  await inFolder(async (folder) => {
    await Deno.writeTextFile(`${folder}/notes.txt`, "mine");
    const files = [{ path: "package.json", content: '{"name":"heatword"}' }];
    await assertRejects(() => writePackage(folder, files), TypeError, "it holds something else");
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name), ["notes.txt"]);
    const own = `${folder}/own`;
    await writePackage(own, [...files, { path: "old.js", content: "" }]);
    await writePackage(own, files);
    assertEquals([...Deno.readDirSync(own)].map(({ name }) => name), ["package.json"]);
  });
});

const text = "The shuttle reached its orbit this morning";
const lacks = lacksRegistry();

/** The JavaScript that a document of the repository shows. */
const scriptIn = (document: string) =>
  /^```js ignore\n([^]*?)^```/m.exec(Deno.readTextFileSync(new URL(document, root)))![1]!;

/** Checks lines of a word and its relevance each. */
function assertShown(lines: string, expected: readonly (readonly [string, number])[]): void {
  const found = lines.trim().split("\n").map((line) => line.split(" "));
  assertEquals(found.map(([word]) => word), expected.map(([word]) => word));
  for (const [t, [, value]] of expected.entries()) {
    assertAlmostEquals(Number(found[t]![1]), value, 1e-6);
  }
}

/** What occlusion gives for the model of the README: what each word takes away. */
const shown = [["a", 0], ["good", 0.7], ["film", 0]] as const;

testWith(lacks, "the packed package explains in an empty Node project", async () => {
  const project = await installedPackage();
  const args = [text, "--format", "json"];
  const found = JSON.parse(await run(project, "npx", "heatword", "explain", ...args));
  const ours = JSON.parse(
    await run(".", Deno.execPath(), "run", "-q", "-P", "apps/explain.ts", ...args),
  );
  assertEquals(Object.keys(found), Object.keys(ours));
  assertEquals(found.predicted, ours.predicted);
  assertEquals(found.relevance.length, ours.relevance.length);
  for (const [t, relevance] of ours.relevance.entries()) {
    assertAlmostEquals(found.relevance[t], relevance, 1e-9);
  }
  await Deno.writeTextFile(`${project}/own.js`, scriptIn("README.md"));
  assertShown(await run(project, "node", "own.js"), shown);
  await Deno.writeTextFile(`${project}/function.js`, scriptIn("apps/npm/README.md"));
  // The scores of its model are logarithms of probabilities.
  const good = Math.log(0.9) - Math.log(0.2);
  assertShown(await run(project, "node", "function.js"), [["a", 0], ["good", good], ["film", 0]]);
});

browserTest("the packed package explains in a page that a bundler made of it", async (browser) => {
  const content = await bundled(await installedPackage(), scriptIn("README.md"));
  const { page, complaints } = await openPage(browser);
  const said = page.waitForEvent("console");
  await page.addScriptTag({ content, type: "module" });
  assertShown((await said).text(), shown);
  assertEquals(complaints, []);
}, { lacks });

testWith(lacks, "a bundle of one explainer holds no other, and each is small", async () => {
  const project = await installedPackage();
  const names = listExplainers().map(({ name }) => name);
  assert(names.includes("lime") && names.includes("kernel-shap"));
  for (const name of names) {
    const bundle = await bundled(project, scriptOf(name));
    if (name === "lrp") {
      assertMatch(bundle, /Arras|Bach/);
      assert(
        !bundle.includes("Lundberg") && !bundle.includes("onnx"),
        "another explainer is in it",
      );
    }
    const bytes = await compressedBytes(bundle);
    assert(bytes <= 20_000, `${name}: ${bytes} bytes`);
  }
});
