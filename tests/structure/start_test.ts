// What a program loads before it does anything: a package in CommonJS, or some modules of Node, take
// longer to load than a short text to explain.
import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { testPermitted } from "../_skip.ts";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** What `deno info` says of a module. */
interface ModuleInfo {
  readonly specifier: string;
  readonly dependencies?: readonly {
    readonly isDynamic?: boolean;
    readonly code?: { readonly specifier?: string };
  }[];
}

/** Tells which modules files of the repository load when they are imported, asking only once. */
async function importsOf(files: readonly string[]): Promise<(file: string) => string[]> {
  const entries = files.map((file) => `import ${JSON.stringify(`${root}${file}`)};`).join("\n");
  const entry = await Deno.makeTempFile({ suffix: ".ts" });
  try {
    await Deno.writeTextFile(entry, entries);
    const args = ["info", "--json", "--config", `${root}deno.json`, entry];
    const { stdout } = await new Deno.Command(Deno.execPath(), { args, stderr: "null" }).output();
    const { modules, redirects = {} } = JSON.parse(new TextDecoder().decode(stdout)) as {
      modules: readonly ModuleInfo[];
      redirects?: Readonly<Record<string, string>>;
    };
    const known = new Map(modules.map((module) => [module.specifier, module]));
    return (file) => {
      const found = new Set<string>();
      const visit = (specifier: string) => {
        const place = redirects[specifier] ?? specifier;
        if (found.has(place)) return;
        found.add(place);
        for (const { isDynamic, code } of known.get(place)?.dependencies ?? []) {
          if (!isDynamic && code?.specifier !== undefined) visit(code.specifier);
        }
      };
      visit(`file://${root}${file}`);
      return [...found].map((place) => place.replace(`file://${root}`, ""));
    };
  } finally {
    await Deno.remove(entry);
  }
}

/** Those modules that take long to load; a package that is named as an ES module does not. */
const heavy = (loaded: readonly string[]) =>
  loaded.filter((place) =>
    place.startsWith("npm:") && !/\/esm\/|\.mjs$/.test(place) ||
    /^node:(?!buffer$|path$|url$|util$)/.test(place)
  );

const test = testPermitted("read", "write", "run");

test("a text is explained without slow packages", async () => {
  const files = [
    "apps/explain.ts",
    "apps/explain/run.ts",
    "explainers/mod.ts",
    "datasets/tokenizers/mod.ts",
    "core/models/mod.ts",
    "eval/render/terminal.ts",
  ];
  const loadedBy = await importsOf(files);
  const loaded = files.flatMap(loadedBy);
  assertEquals(heavy(loaded), []);
  // What belongs to other models and to corpora is loaded with these.
  const other =
    /^core\/models\/(tfjs\/(?!graph_model\.ts)|onnx\/(?!onnx_kind\.ts|_files\.ts))|^datasets\/(archives|corpus|download)\//;
  assertEquals(loaded.filter((place) => other.test(place)), []);
  assertEquals(loaded.includes("explainers/lrp/lrp.ts"), true);
});

test("help is printed without what does the work", async () => {
  const names = [...Deno.readDirSync(`${root}apps`)]
    .filter(({ name, isFile }) => isFile && /^(?!_|mod\.).*\.ts$/.test(name))
    .map(({ name }) => `apps/${name}`);
  const loadedBy = await importsOf(names);
  for (const name of names) {
    const loaded = loadedBy(name);
    assertEquals([name, heavy(loaded)], [name, []]);
    assertEquals(loaded.includes("apps/cli/run_program.ts"), true, name);
    // The lists of plugins are short programs, which load them whatever is asked.
    if (/\/(explainers|tokenizers)\.ts$/.test(name)) continue;
    const work = /^(explainers|datasets\/nltk|core\/models)\//;
    assertEquals([name, loaded.filter((place) => work.test(place))], [name, []]);
  }
});
