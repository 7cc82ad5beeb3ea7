import type { Model } from "@heatword/core";
import { textBytes } from "@heatword/core";
import { type Feature, tokenGroups } from "@heatword/eval/audit";
import { type Leak, leakOfFeature, leakOfWords } from "@heatword/eval/repair";
import type { PathUse } from "../cli/keep_apart.ts";

/** What `--against` says, before a model is there that reads words. */
export type Against = { readonly feature: Feature } | { readonly words: readonly string[] };

const isFile = async (path: string) =>
  (await Deno.stat(path).catch(() => undefined))?.isFile === true;

/** The file that `--against` names, and which finding of it. */
function fileOf(given: string): { path: string; rank: number } {
  const [, path, rank] = /^(.*\.json)#(\d+)$/s.exec(given) ?? [undefined, given, "1"];
  return { path: path!, rank: Number(rank) };
}

/** The file that is read for `--against`, if any. */
export async function againstReads(given: string): Promise<PathUse[]> {
  const { path } = fileOf(given);
  return await isFile(path) ? [{ path, what: "what the model is repaired against" }] : [];
}

async function findingOf(path: string, rank: number): Promise<Feature> {
  let findings: unknown;
  try {
    findings = JSON.parse(await Deno.readTextFile(path))?.findings;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (!Array.isArray(findings)) {
    throw new SyntaxError(`Cannot read the findings of "${path}": it is no audit.json`);
  }
  const found = findings.find((finding) => finding?.rank === rank);
  if (typeof found?.kind === "string" && typeof found.what === "string") return found;
  throw new RangeError(
    `There is no finding ${rank} in "${path}": ` +
      (findings.length > 0
        ? `it has ${findings.length}, the first of which is ${path}#1`
        : "it has none; give words"),
  );
}

/** The words of a list: with commas or line ends between. */
function wordsOf(list: string): string[] {
  const words = list.split(/[,\n\r]/).map((word) => word.trim()).filter((word) => word !== "");
  return [...new Set(words)];
}

/**
 * Reads what a model is to be repaired against.
 *
 * @param given A group of tokens, a file, or words.
 * @throws {Deno.errors.NotFound} If it is the name of a file that is not there.
 * @throws {RangeError} If there is no such finding, or no word.
 * @throws {SyntaxError} If a file is not what its name says.
 */
export async function readAgainst(given: string): Promise<Against> {
  if (tokenGroups.some(({ name }) => name === given)) {
    return { feature: { kind: "group", what: given } };
  }
  const { path, rank } = fileOf(given);
  const isThere = await isFile(path);
  if (/\.json$/.test(path) && isThere) return { feature: await findingOf(path, rank) };
  if (!isThere && /\.(json|txt)$/.test(path)) {
    throw new Deno.errors.NotFound(`Cannot find "${path}", against which the model is repaired`);
  }
  const words = wordsOf(isThere ? await wordFile(path) : given);
  if (words.length > 0) return { words };
  throw new RangeError(`Cannot repair a model against "${given}": there is no word in it`);
}

async function wordFile(path: string): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(textBytes(await Deno.readFile(path)));
  } catch (error) {
    if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error;
    throw new SyntaxError(`Cannot read words from "${path}": ${error.message}`, { cause: error });
  }
}

/** What is meant, as a model reads words. */
export function leakOf(against: Against, model: Model): Leak {
  return "feature" in against ? leakOfFeature(against.feature) : leakOfWords(against.words, model);
}
