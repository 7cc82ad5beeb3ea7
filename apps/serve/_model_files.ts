import { findPunktParameters, type PunktParameters } from "@heatword/datasets/nltk";
import { Problem } from "./_problem.ts";

/** The files of a model folder that a page may have: the header and what it speaks of. */
export async function modelFileNames(folder: string): Promise<string[]> {
  const header = JSON.parse(await Deno.readTextFile(`${folder}/model.json`));
  const files = Object.values(header.files as Record<string, { name: string }>);
  return ["model.json", ...files.map(({ name }) => name)];
}

/**
 * Sends a file of the model.
 *
 * @param folder The folder of the model.
 * @param names The files that it may be.
 * @param name The file.
 * @throws {Problem} 404 if it is none of them.
 */
export async function modelFile(
  folder: string,
  names: readonly string[],
  name: string,
): Promise<Response> {
  if (!names.includes(name)) throw new Problem(404, `The model has no file "${name}"`);
  const file = await Deno.open(`${folder}/${name}`);
  const { size } = await file.stat();
  return new Response(file.readable, {
    headers: {
      "content-type": name === "model.json" ? "application/json" : "application/octet-stream",
      "content-length": String(size),
      // The other files carry a digest in their names.
      "cache-control": name === "model.json" ? "no-cache" : "max-age=31536000, immutable",
    },
  });
}

/** What Punkt knows, as JSON has it. */
export interface PunktTables {
  /** Abbreviations. */
  readonly abbreviations: readonly string[];
  /** First and second types. */
  readonly collocations: readonly (readonly [string, string])[];
  /** Types that often begin a sentence. */
  readonly starters: readonly string[];
  /** Types with their flags. */
  readonly contexts: readonly (readonly [string, number])[];
}

function tables(parameters: PunktParameters): PunktTables {
  return {
    abbreviations: [...parameters.abbrevTypes],
    collocations: [...parameters.collocations].flatMap(([first, seconds]) =>
      [...seconds].map((second): [string, string] => [first, second])
    ),
    starters: [...parameters.sentStarters],
    contexts: [...parameters.orthoContext],
  };
}

/**
 * The Punkt parameters of a data folder, so that the page cuts a text into the same words as the
 * other programs.
 *
 * @param data The data folder.
 * @returns The tables, or null where the built-in ones are used.
 */
export async function punktTables(data: string): Promise<PunktTables | null> {
  try {
    await Deno.stat(`${data}/punkt/english`);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return null;
    throw error;
  }
  return tables(await findPunktParameters(data));
}
