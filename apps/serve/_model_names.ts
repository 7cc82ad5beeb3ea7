import { resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** The parts of the path of a model; of what is no path the kind alone, as the rest may be secret. */
function partsOf(spec: string): readonly string[] {
  if (/^https?:/i.test(spec)) return ["server"];
  const [, scheme] = /^([a-z][a-z\d+.-]+):/i.exec(spec) ?? [];
  if (scheme !== undefined && scheme.toLowerCase() !== "file") return [scheme];
  const path = scheme === undefined ? resolve(spec) : fileURLToPath(spec);
  return path.split(sep).filter((part) => part !== "");
}

/**
 * Names models, as a page shows them: by their folders or files, with as many folders above as it takes
 * to tell them apart. Addresses and commands are told to no browser, so these have numbers instead.
 *
 * @param specs What was given as each model.
 * @returns A name for each, all different.
 */
export function modelNames(specs: readonly string[]): readonly string[] {
  const all = specs.map(partsOf);
  const deepest = Math.max(...all.map(({ length }) => length));
  for (let depth = 1; depth <= deepest; depth++) {
    const names = all.map((parts) => parts.slice(-depth).join("/"));
    if (new Set(names).size === names.length) return names;
  }
  return all.map((parts, i) => `${parts.at(-1)} ${i + 1}`);
}
