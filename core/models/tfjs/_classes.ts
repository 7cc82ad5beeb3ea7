import { refuse } from "./_refuse.ts";

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isInteger = (text: string) => /^\d+$/.test(text);

/** Tables of names that stand inside of something else, e.g. of a `config.json`. */
const TABLES = ["id2label", "label2id", "classes", "class_names", "labels", "label_map"];

/** Names by their places, which must be all from 0 on, each once. */
function inOrder(entries: readonly (readonly [string, number])[], name: string): string[] {
  const names: string[] = [];
  for (const [label, place] of entries) {
    if (names[place] !== undefined) {
      refuse(name, `classes "${names[place]}" and "${label}" have the same number, ${place}`);
    }
    names[place] = label;
  }
  for (let c = 0; c < entries.length; c++) {
    if (names[c] === undefined) {
      refuse(
        name,
        `no class has number ${c}: ${entries.length} classes have the numbers from 0 on`,
      );
    }
  }
  return names;
}

/**
 * Reads the names of classes in any of the shapes in which programs write them: a list,
 * `{"0": name}`, `{name: 0}`, or one of these in `id2label` and the like.
 *
 * @param json The JSON value.
 * @param name The name of its file, for messages.
 * @returns The names, in the order of the outputs.
 * @throws {SyntaxError} If it is none of these; the message says what to do.
 */
export function parseClasses(json: unknown, name: string): readonly string[] {
  const shape = 'make it a list of names, ["name", …], in the order of the outputs';
  let names: readonly string[];
  if (isObject(json)) {
    const table = TABLES.find((key) => typeof json[key] === "object" && json[key] !== null);
    if (table !== undefined) return parseClasses(json[table], name);
    const entries = Object.entries(json);
    if (entries.length === 0) refuse(name, `it names no class; ${shape}`);
    if (entries.every(([, value]) => Number.isInteger(value))) {
      names = inOrder(entries as [string, number][], name);
    } else if (entries.every(([key, value]) => isInteger(key) && typeof value === "string")) {
      names = inOrder(entries.map(([key, label]) => [label as string, Number(key)]), name);
    } else {
      refuse(name, `it is neither {"0": "name", …} nor {"name": 0, …}; ${shape}`);
    }
  } else {
    names = json as readonly string[];
  }
  if (!Array.isArray(names) || !names.every((label) => typeof label === "string" && label !== "")) {
    refuse(name, `it is not a list of names; ${shape}`);
  }
  if (names.length === 0) refuse(name, `it names no class; ${shape}`);
  if (new Set(names).size !== names.length) refuse(name, "it names a class twice");
  return names;
}
