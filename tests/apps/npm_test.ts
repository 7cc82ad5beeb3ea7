import { assert, assertAlmostEquals, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { Places } from "../../apps/npm/places.ts";
import { writePackage } from "../../apps/npm/write.ts";
import { inFolder } from "../_in_folder.ts";
import { firstReason, lacksPermission, lacksProgram, testPermitted, testWith } from "../_skip.ts";
import { browserTest, openPage } from "./serve/_browser.ts";

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

async function run(cwd: string, program: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args,
    cwd,
    env: { NO_COLOR: "1", npm_config_update_notifier: "false" },
    stdin: "null",
  }).output();
  const said = new TextDecoder().decode(success ? stdout : stderr);
  assert(success, `${program} ${args.join(" ")}: ${said}`);
  return said;
}

let made: Promise<string> | undefined;

/** An empty project into which the packed package was installed; made once. */
function installed(): Promise<string> {
  return made ??= (async () => {
    const folder = await Deno.makeTempDir({ prefix: "heatword-npm-" });
    addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
    const { buildPackage } = await import("../../apps/npm/build.ts");
    await writePackage(`${folder}/package`, await buildPackage());
    const packed = await run(`${folder}/package`, "npm", "pack", "--pack-destination", folder);
    const project = `${folder}/project`;
    await Deno.mkdir(project);
    await Deno.writeTextFile(`${project}/package.json`, '{"type":"module"}');
    await Deno.writeTextFile(`${project}/own.js`, script);
    const file = `${folder}/${packed.trim().split("\n").at(-1)}`;
    await run(project, "npm", "install", "--no-audit", "--no-fund", file);
    return project;
  })();
}

/** Whether packages of npm can be fetched. */
function lacksRegistry(): string | undefined {
  const lacks = firstReason(
    lacksPermission("read", "write", "env", "run", "net"),
    lacksProgram("npm"),
  );
  if (lacks !== undefined) return lacks;
  const { success } = new Deno.Command("npm", {
    args: ["view", "web-worker@1.5.0", "version", "--fetch-retries=0", "--fetch-timeout=10000"],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).outputSync();
  return success ? undefined : "npm reaches no registry";
}

const text = "The shuttle reached its orbit this morning";
const lacks = lacksRegistry();

/** What a page of its own would hold: a model that counts a word. */
const script = `import { defineModel, explain } from "heatword";
import "heatword/explainers/occlusion";
const model = defineModel({
  classes: ["praise", "blame"],
  encode: ({ tokens }) => ({ length: tokens.length, words: tokens.map(({ text }) => text) }),
  withoutWords: (input, positions) => ({
    ...input,
    words: input.words.map((word, t) => positions.includes(t) ? "" : word),
  }),
  score: ({ words }) => Float64Array.of(words.includes("good") ? 0.7 : 0, 0),
});
const text = model.read("a good film");
const { words } = await explain("occlusion", model, model.encode(text), 0);
globalThis.shown = text.tokens.map(({ text }, t) => [text, words[t]]);
`;

/** The occlusion of that model: what each word takes away. */
const shown = [["a", 0], ["good", 0.7], ["film", 0]] as const;

function assertShown(found: readonly (readonly [string, number])[]): void {
  assertEquals(found.map(([text]) => text), shown.map(([text]) => text));
  for (const [t, [, value]] of shown.entries()) assertAlmostEquals(found[t]![1], value, 1e-6);
}

testWith(lacks, "the packed package explains in an empty Node project", async () => {
  const project = await installed();
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
  await Deno.writeTextFile(
    `${project}/tell.js`,
    'import "./own.js";\nconsole.log(JSON.stringify(globalThis.shown));\n',
  );
  assertShown(JSON.parse(await run(project, "node", "tell.js")));
});

browserTest("the packed package explains in a page that a bundler made of it", async (browser) => {
  const project = await installed();
  const flags = ["-q", "--node-modules-dir=manual", "--platform", "browser", "--minify"];
  await run(project, Deno.execPath(), "bundle", ...flags, "own.js", "-o", "bundle.js");
  const content = await Deno.readTextFile(`${project}/bundle.js`);
  const { page, complaints } = await openPage(browser);
  await page.addScriptTag({ content, type: "module" });
  await page.waitForFunction(() => "shown" in globalThis);
  assertShown(await page.evaluate(() => (globalThis as { shown?: [string, number][] }).shown!));
  assertEquals(complaints, []);
}, { lacks });

testWith(lacks, "a bundle of one explainer holds no other, and is small", async () => {
  const project = await installed();
  await Deno.writeTextFile(
    `${project}/small.js`,
    'import { explain } from "heatword";\nimport "heatword/explainers/lrp";\nglobalThis.explain = explain;\n',
  );
  const flags = ["-q", "--node-modules-dir=manual", "--platform", "browser", "--minify"];
  await run(project, Deno.execPath(), "bundle", ...flags, "small.js", "-o", "small.min.js");
  const bundle = await Deno.readTextFile(`${project}/small.min.js`);
  assertMatch(bundle, /Arras|Bach/);
  assert(!bundle.includes("Lundberg") && !bundle.includes("onnx"), "another explainer is in it");
  const compressed = new Blob([bundle]).stream().pipeThrough(new CompressionStream("gzip"));
  const { byteLength } = await new Response(compressed).arrayBuffer();
  assert(byteLength <= 20_000, `${byteLength} bytes`);
});
