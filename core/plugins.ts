import { assertExplainer, type Explainer, explainers } from "./explainer.ts";
import { assertModelKind, type ModelKind, modelKinds } from "./model_kind.ts";
import { assertTokenizer, type Tokenizer, tokenizers } from "./tokenizer.ts";

/** The three kinds of plugins. */
export interface PluginTypes {
  /** Tells which words made a model score as it did. */
  readonly explainer: Explainer;
  /** Cuts texts into words. */
  readonly tokenizer: Tokenizer;
  /** Recognises and opens models. */
  readonly "kind of model": ModelKind;
}

/** The name of a kind of plugin. */
export type PluginKind = keyof PluginTypes;

/** A plugin with its kind. */
export type Plugin = {
  [K in PluginKind]: { readonly kind: K; readonly plugin: PluginTypes[K] };
}[PluginKind];

/** What tells the kinds apart; the first that something has decides. */
const marks: readonly (readonly [PluginKind | "model", readonly string[]])[] = [
  ["explainer", ["explain", "tags", "citation"]],
  ["kind of model", ["recognises"]],
  ["model", ["classes", "scores", "score", "encode", "withoutWords"]],
  ["tokenizer", ["open", "tokenize"]],
];

function kindOf(candidate: unknown): PluginKind | "model" {
  if (typeof candidate !== "object" || candidate === null) {
    throw new TypeError(
      `it is ${candidate === null ? "null" : `a ${typeof candidate}`}, not a plugin`,
    );
  }
  const found = marks.find(([, names]) => names.some((name) => name in candidate));
  if (found) return found[0];
  throw new TypeError(
    'it looks like no kind of plugin: an explainer has "explain", a tokenizer "open", a kind of ' +
      'model "recognises"',
  );
}

const checks = {
  "explainer": assertExplainer,
  "tokenizer": assertTokenizer,
  "kind of model": assertModelKind,
} as const;

/** What is wrong with a plugin, by the check of its kind. */
function faultOf(kind: PluginKind, candidate: unknown): string | undefined {
  try {
    checks[kind](candidate);
    return undefined;
  } catch (error) {
    return (error as Error).message.replace(/^Cannot take/, "cannot take");
  }
}

/**
 * Tells which kind of plugin something is, and checks it as far as that can be done without running
 * it.
 *
 * @param candidate What should be a plugin.
 * @returns The plugin with its kind.
 * @throws {TypeError} If it is none; the message says which kind it looks like and what is wrong, to
 * be put after a file's name.
 */
export function asPlugin(candidate: unknown): Plugin {
  const kind = kindOf(candidate);
  if (kind === "model") {
    throw new TypeError("it looks like a model, which is not a plugin: name its file with --model");
  }
  const fault = faultOf(kind, candidate);
  if (fault === undefined) return { kind, plugin: candidate } as Plugin;
  const hint = kind === "tokenizer" && "tokenize" in (candidate as object)
    ? '; defineTokenizer makes it of "tokenize"'
    : "";
  throw new TypeError(`${fault}${hint}`);
}

/**
 * Tells which plugins the default export of a module holds.
 *
 * @param exported A plugin, or an array of several.
 * @returns The plugins with their kinds.
 * @throws {TypeError} As {@linkcode asPlugin}; of several the message says which.
 */
export function pluginsOf(exported: unknown): Plugin[] {
  if (!Array.isArray(exported)) return [asPlugin(exported)];
  if (exported.length === 0) throw new TypeError("it is an array without a plugin");
  return Array.from(exported, (one, i) => {
    try {
      return asPlugin(one);
    } catch (error) {
      throw new TypeError(`of its number ${i + 1}: ${(error as Error).message}`);
    }
  });
}

/**
 * Makes plugins known by their names.
 *
 * @param exported A plugin, or an array of several, of any kinds.
 * @returns The plugins with their kinds.
 * @throws {TypeError} If one is malformed, or another one of its kind has its name; then none is
 * registered.
 *
 * @example
 * ```ts
 * import { defineTokenizer, registerPlugins, tokenizers } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * const whole = defineTokenizer({
 *   name: "whole",
 *   description: "The whole text as one word",
 *   options: {},
 *   tokenize: (text) => ({
 *     tokens: text === "" ? [] : [{ text, start: 0, end: text.length }],
 *   }),
 * });
 * assertEquals(registerPlugins([whole])[0]?.kind, "tokenizer");
 * assertEquals(tokenizers.get("whole"), whole);
 * ```
 */
export function registerPlugins(exported: unknown): Plugin[] {
  const plugins = pluginsOf(exported);
  const registries = { explainer: explainers, tokenizer: tokenizers, "kind of model": modelKinds };
  plugins.forEach(({ kind, plugin: { name }, plugin }, i) => {
    const registry = registries[kind];
    const taken = registry.has(name) && registry.get(name) !== plugin ||
      plugins.slice(0, i).some((other) =>
        other.kind === kind && other.plugin.name === name && other.plugin !== plugin
      );
    if (taken) throw new TypeError(`the name "${name}" is taken by another ${kind}`);
  });
  for (const { kind, plugin } of plugins) {
    (registries[kind] as { register(plugin: Plugin["plugin"]): void }).register(plugin);
  }
  return plugins;
}
