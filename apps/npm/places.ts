import { posix } from "node:path";

/** Where the name of a module leads. */
export type Place =
  | { readonly kind: "own"; readonly path: string }
  | { readonly kind: "npm"; readonly name: string; readonly package: string }
  | { readonly kind: "node" };

/** What `deno.json` of the root, and of the packages, say of names. */
export interface Configuration {
  /** The import map. */
  readonly imports: Readonly<Record<string, string>>;
  /** The packages by folder: their names and exports. */
  readonly packages: Readonly<
    Record<string, { readonly name: string; readonly exports: Readonly<Record<string, string>> }>
  >;
}

/** Where the names in modules lead. */
export class Places {
  readonly #own = new Map<string, string>();
  readonly #npm = new Map<string, string>();
  /** Versions of the npm packages that the import map names. */
  readonly versions: ReadonlyMap<string, string>;

  /** @param configuration Import map and packages. */
  constructor({ imports, packages }: Configuration) {
    const versions = new Map<string, string>();
    for (const [folder, { name, exports }] of Object.entries(packages)) {
      for (const [key, file] of Object.entries(exports)) {
        this.#own.set(posix.join(name, key), posix.join(folder, file));
      }
    }
    for (const [name, target] of Object.entries(imports)) {
      const npm = /^npm:(@?[^@]+)@([^/]+)(\/.*)?$/.exec(target);
      if (npm === null) {
        this.#own.set(name, posix.normalize(target));
        continue;
      }
      versions.set(npm[1]!, npm[2]!);
      this.#npm.set(name, `${npm[1]}${npm[3] ?? ""}`);
    }
    this.versions = versions;
  }

  /**
   * Finds where a name leads.
   *
   * @param from The module it stands in, as a path from the root.
   * @param name The name.
   * @throws {RangeError} If no map has it.
   */
  find(from: string, name: string): Place {
    if (name.startsWith("node:")) return { kind: "node" };
    if (/^\.{0,2}\//.test(name) || name.startsWith(".")) {
      return { kind: "own", path: posix.join(posix.dirname(from), name) };
    }
    const own = this.#own.get(name);
    if (own !== undefined) return { kind: "own", path: own };
    const npm = this.#npm.get(name);
    if (npm !== undefined) {
      return { kind: "npm", name: npm, package: /^(@[^/]+\/)?[^/]+/.exec(npm)![0] };
    }
    throw new RangeError(`${from} imports "${name}", which neither deno.json nor a package has`);
  }
}
