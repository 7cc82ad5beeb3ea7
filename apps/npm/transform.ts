import { posix } from "node:path";
import ts from "typescript";
import { parseModule, type SourceModule } from "./modules.ts";
import type { Places } from "./places.ts";

/** A module of the package. */
export interface BuiltModule {
  /** Its path in the package without the file ending, e.g. `core/mod`. */
  readonly path: string;
  /** The JavaScript. */
  readonly code: string;
  /** The declarations of its types. */
  readonly declarations: string;
  /** Whether it registers something when it is imported. */
  readonly registers: boolean;
}

/** What every module of the package may be given of the platform it runs on, by what asks for it. */
const PLATFORM_NAMES = ["Deno", "Worker", "addEventListener", "fetch", "navigator"] as const;

/** Newer than the oldest platform: each is looked for by what its use looks like. */
const NEWER =
  /\.(withResolvers|fromBase64|toBase64|toHex|fromAsync|groupBy|union|isSubsetOf|dispose|asyncDispose)\b|Iterator\.from|\busing\b|\.(keys|values|entries)\(\)\s*\.|\bURL\.parse\b/;

/** The module of the package that says what the platform has. */
export const PLATFORM = "#platform";

interface Edit {
  readonly range: readonly [number, number];
  readonly text: string;
}

function applied(text: string, edits: readonly Edit[]): string {
  let result = text;
  for (const { range: [start, end], text } of edits.toSorted((a, b) => b.range[0] - a.range[0])) {
    result = result.slice(0, start) + text + result.slice(end);
  }
  return result;
}

function relativePath(from: string, to: string): string {
  const path = posix.relative(posix.dirname(from), to);
  return path.startsWith(".") ? path : `./${path}`;
}

/** Names of other modules as they are in the package. */
function nameEdits({ path, names }: SourceModule, places: Places): Edit[] {
  return names.flatMap(({ range, text }) => {
    const place = places.find(path, text);
    if (place.kind === "node") return [];
    const name = place.kind === "npm"
      ? place.name
      : relativePath(path, place.path).replace(/\.ts$/, ".js");
    return [{ range, text: JSON.stringify(name) }];
  });
}

/** Imports of bytes become reads of the file. */
function platformEdits(source: ts.SourceFile): Edit[] {
  const edits: Edit[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
      const [file, settings] = node.arguments;
      if (settings && /type: "bytes"/.test(settings.getText(source))) {
        edits.push({
          range: [node.getStart(source), file!.getStart(source)],
          text: "readBytes(new URL(",
        }, { range: [file!.end, node.end], text: ", import.meta.url))" });
        return;
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return edits;
}

/** Names that a module uses, but neither declares nor imports. */
function freeNames(source: ts.SourceFile): Set<string> {
  const used = new Set<string>();
  const visit = (node: ts.Node): void => {
    if (ts.isTypeNode(node) && !ts.isExpressionWithTypeArguments(node)) {
      // A name in a type counts for declarations only.
      if (/\bDeno\./.test(node.getText(source))) used.add("Deno types");
      return;
    }
    if (ts.isIdentifier(node)) {
      const { parent } = node;
      const isMember = ts.isPropertyAccessExpression(parent) && parent.name === node;
      const isKey = (ts.isPropertyAssignment(parent) || ts.isMethodDeclaration(parent) ||
        ts.isPropertySignature(parent) || ts.isMethodSignature(parent) ||
        ts.isPropertyDeclaration(parent)) && parent.name === node;
      if (!isMember && !isKey) used.add(node.text);
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return used;
}

/** Whether a module does something by itself when it is imported: it calls what registers. */
function registers(source: ts.SourceFile): boolean {
  const calls = (node: ts.Node): boolean =>
    ts.isCallExpression(node) && /(^|\.)register\w*$/.test(node.expression.getText(source));
  return source.statements.some((statement) =>
    ts.isExpressionStatement(statement)
      ? calls(statement.expression)
      : ts.isVariableStatement(statement) &&
        statement.declarationList.declarations.some(({ initializer }) =>
          initializer !== undefined && calls(initializer)
        )
  );
}

const compilerOptions: ts.CompilerOptions = {
  target: ts.ScriptTarget.ES2022,
  module: ts.ModuleKind.ESNext,
  lib: ["lib.esnext.d.ts", "lib.dom.d.ts"],
  isolatedModules: true,
  isolatedDeclarations: true,
  declaration: true,
};

/**
 * Makes the module of the package from one of the project: JavaScript for Node and browsers, and the
 * declarations of its types. Names of modules become paths and names of npm packages; `Deno` and what
 * else old platforms lack comes from `#platform`.
 *
 * @param module The module.
 * @param places Where names lead.
 */
export function transformModule(module: SourceModule, places: Places): BuiltModule {
  const source = parseModule(module.path, module.text);
  const edited = applied(module.text, [...nameEdits(module, places), ...platformEdits(source)]);
  const free = freeNames(source);
  const names = [
    ...PLATFORM_NAMES.filter((name) => free.has(name)),
    ...(edited.includes("readBytes(") ? ["readBytes"] : []),
  ];
  const head = names.length > 0
    ? `import { ${names.join(", ")} } from "${PLATFORM}";\n`
    : NEWER.test(module.text)
    ? `import "${PLATFORM}";\n`
    : "";
  const body = edited.replace(/^#!.*\n/, "");
  const { outputText } = ts.transpileModule(head + body, {
    fileName: module.path,
    compilerOptions: { ...compilerOptions, removeComments: true },
  });
  const typed = free.has("Deno") || free.has("Deno types")
    ? `import type { Deno } from "${PLATFORM}";\n${body}`
    : body;
  const { outputText: declarations } = ts.transpileDeclaration(typed, {
    fileName: module.path,
    compilerOptions,
  });
  return {
    path: module.path.replace(/\.ts$/, ""),
    // Messages name modules as they are named in the package.
    code: outputText.replaceAll("@heatword/", "heatword/"),
    declarations,
    registers: registers(source),
  };
}
