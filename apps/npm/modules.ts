import { posix } from "node:path";
import ts from "typescript";
import type { Places } from "./places.ts";

/** A module of the project, as the package is to hold it. */
export interface SourceModule {
  /** Its path from the root of the repository, e.g. `core/mod.ts`. */
  readonly path: string;
  /** Its text. */
  readonly text: string;
  /** Where it names other modules. */
  readonly names: readonly ModuleName[];
}

/** A place in a module where another module or file is named. */
export interface ModuleName {
  /** Start and end of the string, quotes included. */
  readonly range: readonly [number, number];
  /** What stands there. */
  readonly text: string;
  /** Whether the other module is needed before this one can run. */
  readonly isStatic: boolean;
  /** Whether only types are taken from it. */
  readonly isType: boolean;
}

const named = (
  node: ts.StringLiteralLike,
  source: ts.SourceFile,
  isStatic: boolean,
  isType = false,
): ModuleName => ({
  range: [node.getStart(source), node.end],
  text: node.text,
  isStatic,
  isType,
});

/** Whether a call names a module or a file: `import("…")`, `import.meta.resolve("…")`, `new URL("…", import.meta.url)`. */
function namesModule(node: ts.CallExpression | ts.NewExpression): boolean {
  const callee = node.expression;
  if (callee.kind === ts.SyntaxKind.ImportKeyword) return true;
  if (callee.getText() === "import.meta.resolve") return true;
  return callee.getText() === "URL" && node.arguments?.[1]?.getText() === "import.meta.url";
}

function namesIn(source: ts.SourceFile): { names: ModuleName[]; folders: string[] } {
  const found: ModuleName[] = [];
  const folders: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) {
      const { moduleSpecifier } = node;
      const isType = ts.isImportDeclaration(node)
        ? node.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword
        : node.isTypeOnly;
      if (moduleSpecifier && ts.isStringLiteralLike(moduleSpecifier)) {
        found.push(named(moduleSpecifier, source, true, isType));
      }
    } else if (ts.isImportTypeNode(node) && ts.isLiteralTypeNode(node.argument)) {
      const { literal } = node.argument;
      if (ts.isStringLiteral(literal)) found.push(named(literal, source, false, true));
    } else if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
      const first = node.arguments?.[0];
      if (first && ts.isStringLiteralLike(first) && namesModule(node)) {
        found.push(named(first, source, false));
      } else if (first && ts.isTemplateExpression(first) && namesModule(node)) {
        folders.push(first.head.text.replace(/[^/]*$/, ""));
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return { names: found, folders };
}

/**
 * Parses a module.
 *
 * @param path Its path from the root.
 * @param text Its text.
 */
export function parseModule(path: string, text: string): ts.SourceFile {
  return ts.createSourceFile(path, text, ts.ScriptTarget.Latest, true);
}

/**
 * Finds all modules that some need, by what they import now and what they import later.
 *
 * @param entries The first ones, as paths from the root.
 * @param places Where names lead.
 * @param read Reads a module.
 * @returns The modules in the order of their paths, the other files that they name, and the folders of
 * files whose names they put together.
 */
export async function findModules(
  entries: Iterable<string>,
  places: Places,
  read: (path: string) => Promise<string>,
): Promise<{ modules: SourceModule[]; files: string[]; folders: string[] }> {
  const modules = new Map<string, SourceModule>();
  const files = new Set<string>();
  const folders = new Set<string>();
  const open = [...entries];
  for (let path = open.pop(); path !== undefined; path = open.pop()) {
    if (modules.has(path)) continue;
    const text = await read(path);
    const { names, folders: inFolders } = namesIn(parseModule(path, text));
    modules.set(path, { path, text, names });
    for (const folder of inFolders) folders.add(posix.join(posix.dirname(path), folder));
    for (const { text } of names) {
      const place = places.find(path, text);
      if (place.kind !== "own") continue;
      if (place.path.endsWith(".ts")) open.push(place.path);
      else if (/[^/]\.\w+$/.test(place.path)) files.add(place.path);
    }
  }
  const byPath = (a: string, b: string) => a < b ? -1 : 1;
  return {
    modules: [...modules.values()].sort((a, b) => byPath(a.path, b.path)),
    files: [...files].sort(byPath),
    folders: [...folders].sort(byPath),
  };
}
