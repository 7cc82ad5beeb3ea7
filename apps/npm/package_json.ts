import { posix } from "node:path";
import type { SourceModule } from "./modules.ts";
import type { Configuration, Places } from "./places.ts";
import { type BuiltModule, PLATFORM } from "./transform.ts";

/** Packages of many megabytes that only some kinds of models need: whoever uses these installs them. */
const optionalPackages = [
  "@tensorflow/tfjs",
  "@tensorflow/tfjs-backend-wasm",
  "onnxruntime-web",
];

/** What the modules of the platform need, beside what the import map names. */
const PLATFORM_PACKAGES = {
  "@deno/shim-deno": "0.19.2",
  "core-js": "3.51.0",
  "web-worker": "1.5.0",
};

/** What the package is made of. */
export interface PackageParts {
  /** Import map and packages of the repository. */
  readonly configuration: Configuration;
  /** Where names lead. */
  readonly places: Places;
  /** The modules as they are in the repository. */
  readonly modules: readonly SourceModule[];
  /** The modules as they are in the package. */
  readonly built: readonly BuiltModule[];
  /** The version. */
  readonly version: string;
}

const builtPath = (path: string) => `./${path.replace(/\.ts$/, "")}`;

/** What each name of the package leads to: `heatword` itself is `core`, the others keep their paths. */
function exportsOf({ packages }: Configuration): Record<string, unknown> {
  const entry = (file: string) => ({ types: `${file}.d.ts`, default: `${file}.js` });
  const found: Record<string, unknown> = {};
  for (const [folder, { exports }] of Object.entries(packages)) {
    for (const [key, file] of Object.entries(exports)) {
      const target = entry(builtPath(posix.join(folder, file)));
      if (folder === "core" && key === ".") found["."] = target;
      found[`./${posix.join(folder, key)}`] = target;
    }
  }
  return { ...found, "./package.json": "./package.json" };
}

/** Modules that register something, and those that import such a module when they are imported. */
function withSideEffects({ modules, places, built }: PackageParts): string[] {
  const effective = new Set(built.filter(({ registers }) => registers).map(({ path }) => path));
  const imports = modules.map(({ path, names }) => ({
    path: path.replace(/\.ts$/, ""),
    others: names.filter(({ isStatic, isType }) => isStatic && !isType).flatMap(({ text }) => {
      const place = places.find(path, text);
      return place.kind === "own" ? [place.path.replace(/\.ts$/, "")] : [];
    }),
  }));
  for (let size = -1; size !== effective.size;) {
    size = effective.size;
    for (const { path, others } of imports) {
      if (others.some((other) => effective.has(other))) effective.add(path);
    }
  }
  return [...effective].sort().map((path) => `./${path}.js`);
}

/** The npm packages that the modules name, by whether they are needed in any case. */
function dependenciesOf({ modules, places }: PackageParts) {
  const names = new Set<string>();
  for (const { path, names: named } of modules) {
    for (const { text } of named) {
      const place = places.find(path, text);
      if (place.kind === "npm") names.add(place.package);
    }
  }
  const versionsOf = (some: readonly string[]) =>
    Object.fromEntries(some.map((name) => {
      const version = places.versions.get(name);
      if (version === undefined) throw new RangeError(`deno.json has no version of "${name}"`);
      return [name, version];
    }));
  const all = [...names].sort();
  const optional = all.filter((name) => optionalPackages.includes(name));
  return {
    dependencies: {
      ...PLATFORM_PACKAGES,
      ...versionsOf(all.filter((name) => !optionalPackages.includes(name))),
    },
    peerDependencies: versionsOf(optional),
    peerDependenciesMeta: Object.fromEntries(optional.map((name) => [name, { optional: true }])),
  };
}

/**
 * Writes the `package.json` of the package.
 *
 * @param parts What the package is made of.
 */
export function packageJson(parts: PackageParts): string {
  const content = {
    name: "heatword",
    version: parts.version,
    description:
      "Which words made a text classifier decide as it did, and how far that is to be trusted",
    license: "MIT",
    type: "module",
    engines: { node: ">=20" },
    bin: { heatword: "./bin/heatword.js" },
    exports: exportsOf(parts.configuration),
    imports: {
      [PLATFORM]: {
        types: "./platform/node.d.ts",
        browser: "./platform/browser.js",
        deno: "./platform/browser.js",
        node: "./platform/node.js",
        default: "./platform/browser.js",
      },
    },
    sideEffects: ["./platform/node.js", "./bin/heatword.js", ...withSideEffects(parts)],
    ...dependenciesOf(parts),
  };
  return `${JSON.stringify(content, null, 2)}\n`;
}
