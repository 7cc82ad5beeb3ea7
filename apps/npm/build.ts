import { moduleOf, packagePrograms, withCommands } from "./command.ts";
import { findModules, type SourceModule } from "./modules.ts";
import { packageJson } from "./package_json.ts";
import { type Configuration, Places } from "./places.ts";
import { transformModule } from "./transform.ts";

/** The packages of the workspace, in the order of their imports. */
const FOLDERS = ["core", "explainers", "datasets", "eval", "apps"];

/** The modules of the package that are JavaScript already. */
const PLATFORM_FILES = ["browser.js", "command.js", "file.js", "node.d.ts", "node.js"];

const BIN = `#!/usr/bin/env node
import { readFileSync } from "node:fs";
import process from "node:process";

const { version } = JSON.parse(readFileSync(new URL("../package.json", import.meta.url), "utf8"));
const { runCommand } = await import("../apps/npm/command.js");
await runCommand(process.argv.slice(2), version);
`;

/** A file of the package. */
export interface PackageFile {
  /** Its path in the package. */
  readonly path: string;
  /** Its content. */
  readonly content: string | Uint8Array;
}

const root = new URL("../../", import.meta.url);
const read = (path: string) => Deno.readTextFile(new URL(path, root));

async function configurationOf(): Promise<Configuration & { version: string }> {
  const { imports } = JSON.parse(await read("deno.json"));
  const found = await Promise.all(
    FOLDERS.map(async (folder) => [folder, JSON.parse(await read(`${folder}/deno.json`))] as const),
  );
  return { imports, packages: Object.fromEntries(found), version: found[0]![1].version };
}

async function filesBelow(folder: string): Promise<string[]> {
  const found: string[] = [];
  for await (const { name, isDirectory } of Deno.readDir(new URL(folder, root))) {
    if (isDirectory) found.push(...await filesBelow(`${folder}${name}/`));
    else found.push(`${folder}${name}`);
  }
  return found.sort();
}

/** What a command of several programs is made of. */
export interface CommandParts {
  /** Import map and packages of the repository. */
  readonly configuration: Configuration;
  /** Its version. */
  readonly version: string;
  /** Where names lead. */
  readonly places: Places;
  /** The modules. */
  readonly modules: readonly SourceModule[];
  /** Other files that modules name, and those of the folders that they name. */
  readonly files: readonly string[];
}

/**
 * Finds what a command of the programs is made of.
 *
 * @param entries Its modules besides the programs', from the root of the repository.
 * @param change What becomes of the text of a module as it is read.
 */
export async function findParts(
  entries: (configuration: Configuration) => readonly string[],
  change: (text: string) => string = (text) => text,
): Promise<CommandParts> {
  const { version, ...configuration } = await configurationOf();
  const places = new Places(configuration);
  const { modules, files, folders } = await findModules(
    [...entries(configuration), ...packagePrograms.map(({ name }) => moduleOf(name))],
    places,
    async (path) => change(await read(path)),
  );
  const inFolders = await Promise.all(folders.map(filesBelow));
  return { configuration, version, places, modules, files: [...files, ...inFolders.flat()] };
}

/**
 * Makes the files of the npm package `heatword`: each module of the repository as JavaScript with its
 * types, the files that modules read, and a command.
 *
 * @param onModule Called after each module, with how many there are and how many are done.
 */
export async function buildPackage(
  onModule: (done: number, of: number) => void = () => {},
): Promise<PackageFile[]> {
  const { configuration, version, places, modules, files } = await findParts(
    ({ packages }) => [
      ...Object.entries(packages).flatMap(([folder, { exports }]) =>
        Object.values(exports).map((file) => `${folder}/${file.slice(2)}`)
      ),
      "apps/npm/command.ts",
    ],
    withCommands,
  );
  const built = modules.map((module, i) => {
    const made = transformModule(module, places);
    onModule(i + 1, modules.length);
    return made;
  });
  const result: PackageFile[] = built.flatMap(({ path, code, declarations }) => [
    { path: `${path}.js`, content: code },
    { path: `${path}.d.ts`, content: declarations },
  ]);
  for (const path of files) {
    result.push({ path, content: await Deno.readFile(new URL(path, root)) });
  }
  for (const name of PLATFORM_FILES) {
    result.push({ path: `platform/${name}`, content: await read(`apps/npm/platform/${name}`) });
  }
  result.push(
    { path: "bin/heatword.js", content: BIN },
    { path: "README.md", content: await read("apps/npm/README.md") },
    { path: "LICENSE", content: await read("LICENSE") },
    {
      path: "package.json",
      content: packageJson({ configuration, places, modules, built, version }),
    },
  );
  return result;
}
