/**
 * What imports what in the five packages: the modules with their imports, and the rules that these
 * must keep. Types count as well.
 *
 * @module
 */
import { dirname, relative } from "node:path/posix";
import { fileURLToPath } from "node:url";

/** The packages, each with those that it may import besides itself. */
export const PACKAGES: Readonly<Record<string, readonly string[]>> = {
  core: [],
  explainers: ["core"],
  datasets: ["core"],
  eval: ["core", "datasets", "explainers"],
  apps: ["core", "datasets", "explainers", "eval"],
};

/** A module of the packages with what it imports. */
export interface Module {
  /** Its path from the root of the repository. */
  readonly path: string;
  /** The imports of modules of the packages. */
  readonly imports: readonly Import[];
  /** What else it imports by a name of the import map: npm packages, and stand-ins for `@std`. */
  readonly named: readonly string[];
}

/** An import of another module of the packages. */
export interface Import {
  /** As it is written. */
  readonly specifier: string;
  /** The path of the imported module, from the root of the repository. */
  readonly path: string;
}

/** The exports of a package: the path of each, from the root, by what it is imported as. */
async function exportsOf(root: string, name: string): Promise<[string, string][]> {
  const config = JSON.parse(await Deno.readTextFile(`${root}/${name}/deno.json`));
  return Object.entries(config.exports as Record<string, string>).map(([key, file]) => [
    `${config.name}${key.slice(1)}`,
    `${name}/${file.slice(2)}`,
  ]);
}

async function* filesOf(folder: string): AsyncGenerator<string> {
  for await (const { name, isDirectory } of Deno.readDir(folder)) {
    const path = `${folder}/${name}`;
    if (isDirectory) yield* filesOf(path);
    else if (name.endsWith(".ts")) yield path;
  }
}

/**
 * Reads the modules of all packages.
 *
 * @param root The root of the repository.
 * @returns The modules by path, in alphabetical order.
 */
export async function readModules(root: string): Promise<Module[]> {
  // Only here: it looks at the environment as soon as it is imported.
  const { default: ts } = await import("typescript");
  const entries = await Promise.all(Object.keys(PACKAGES).map((name) => exportsOf(root, name)));
  const named = new Map(entries.flat());
  const { imports: aliases } = JSON.parse(await Deno.readTextFile(`${root}/deno.json`));
  const modules: Module[] = [];
  for (const name of Object.keys(PACKAGES)) {
    for await (const file of filesOf(`${root}/${name}`)) {
      const { importedFiles } = ts.preProcessFile(await Deno.readTextFile(file), true, true);
      const imports = importedFiles.flatMap(({ fileName: specifier }): Import[] => {
        if (specifier.startsWith(".")) {
          const url = new URL(specifier, `file://${file}`);
          return url.pathname.endsWith(".ts")
            ? [{ specifier, path: relative(root, fileURLToPath(url)) }]
            : [];
        }
        const path = named.get(specifier);
        if (path !== undefined) return [{ specifier, path }];
        // What cannot be published is reached by a name of the import map alone.
        if (!specifier.startsWith("@heatword/") || specifier in aliases) return [];
        throw new TypeError(`Cannot resolve "${specifier}" in ${relative(root, file)}`);
      });
      const written = importedFiles.map(({ fileName }) => fileName);
      modules.push({
        path: relative(root, file),
        imports,
        named: written.filter((specifier) => specifier in aliases),
      });
    }
  }
  return modules.sort((a, b) => a.path < b.path ? -1 : 1);
}

const packageOf = (path: string) => path.slice(0, path.indexOf("/"));

/**
 * What one import does wrong.
 *
 * @param from The path of the importing module.
 * @param imported What it imports.
 * @returns A line for each rule that it breaks.
 */
export function faultsOf(from: string, { specifier, path }: Import): string[] {
  const [own, other] = [packageOf(from), packageOf(path)];
  const faults: string[] = [];
  const isPrivate = path.split("/").at(-1)!.startsWith("_");
  if (own !== other && !PACKAGES[own]?.includes(other)) {
    faults.push(`${from} imports ${path}: ${own} must not know ${other}`);
  }
  if (own !== other && specifier.startsWith(".")) {
    faults.push(`${from} reaches into ${other} by ${specifier}: import the package by its name`);
  }
  const home = dirname(path);
  if (isPrivate && from !== `${home}.ts` && !from.startsWith(`${home}/`)) {
    faults.push(`${from} imports ${path}: a file whose name begins with _ belongs to its folder`);
  }
  if (own === "explainers" && other === "core" && path !== "core/mod.ts") {
    faults.push(`${from} imports ${specifier}: explainers import nothing but @heatword/core`);
  }
  return faults;
}

/**
 * What some modules import by names of the import map, directly or by way of others.
 *
 * @param modules All modules.
 * @param entries The paths of some of them.
 * @returns Each name once, in alphabetical order.
 */
export function namesReached(modules: readonly Module[], entries: readonly string[]): string[] {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const reached = new Set(entries);
  // What is added meanwhile is visited, too.
  for (const path of reached) {
    for (const { path: next } of byPath.get(path)?.imports ?? []) reached.add(next);
  }
  return [...new Set([...reached].flatMap((path) => byPath.get(path)?.named ?? []))].sort();
}

/**
 * Finds modules that import each other, directly or by way of others (Tarjan's strongly connected
 * components).
 *
 * @param modules All modules.
 * @returns The paths of the modules of each cycle.
 */
export function cyclesOf(modules: readonly Module[]): string[][] {
  const byPath = new Map(modules.map((module) => [module.path, module]));
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const stack: string[] = [];
  const cycles: string[][] = [];
  const visit = (path: string): number => {
    const order = index.size;
    index.set(path, order);
    low.set(path, order);
    stack.push(path);
    const lower = (value: number) => low.set(path, Math.min(low.get(path)!, value));
    for (const { path: next } of byPath.get(path)?.imports ?? []) {
      if (!index.has(next)) lower(visit(next));
      else if (stack.includes(next)) lower(index.get(next)!);
    }
    if (low.get(path) === order) {
      const found = stack.splice(stack.indexOf(path));
      const itself = byPath.get(path)?.imports.some((imported) => imported.path === path);
      if (found.length > 1 || itself) cycles.push(found.sort());
    }
    return low.get(path)!;
  };
  for (const { path } of modules) if (!index.has(path)) visit(path);
  return cycles;
}

/**
 * Everything that is wrong with the imports.
 *
 * @param modules All modules.
 * @returns A line for each fault.
 */
export function importFaults(modules: readonly Module[]): string[] {
  return [
    ...modules.flatMap(({ path, imports }) => imports.flatMap((found) => faultsOf(path, found))),
    ...cyclesOf(modules).map((cycle) => `These import each other: ${cycle.join(", ")}`),
  ];
}

if (import.meta.main) {
  const faults = importFaults(await readModules(Deno.cwd()));
  for (const fault of faults) console.error(fault);
  if (faults.length > 0) Deno.exit(1);
}
