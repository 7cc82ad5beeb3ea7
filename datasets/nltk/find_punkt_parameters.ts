import { englishParameters } from "./english_parameters.ts";
import type { TokenizerResources } from "@heatword/core";
import { PunktParameters } from "./punkt_parameters.ts";
import { readPunktTab } from "./read_punkt_tab.ts";

/**
 * The Punkt parameters for a tokenizer: those among the tables that it is given, else the best at
 * hand.
 *
 * @param resources Where to look; the table `punkt` is an instance of {@linkcode PunktParameters}.
 * @returns The parameters.
 */
export async function punktParametersFor(
  { data, tables }: TokenizerResources,
): Promise<PunktParameters> {
  const punkt = tables?.punkt;
  return punkt instanceof PunktParameters ? punkt : await findPunktParameters(data);
}

/**
 * The best Punkt parameters for English at hand: NLTK's own from `punkt/english` in the data folder
 * where that exists, else the built-in ones.
 *
 * @param dataDir The data folder; without one the built-in parameters are taken.
 * @returns A new instance.
 * @throws {Deno.errors.NotFound} If `punkt/english` exists but lacks a file.
 * @throws {SyntaxError} If one of its files is malformed.
 *
 * @example
 * ```ts
 * import { findPunktParameters, wordTokenize } from "@heatword/datasets/nltk";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(wordTokenize("It works.", await findPunktParameters()), ["It", "works", "."]);
 * ```
 */
export async function findPunktParameters(dataDir?: string): Promise<PunktParameters> {
  if (dataDir === undefined) return englishParameters();
  const dir = `${dataDir}/punkt/english`;
  try {
    await Deno.stat(dir);
  } catch (error) {
    if (error instanceof Deno.errors.NotFound) return englishParameters();
    throw error;
  }
  return await readPunktTab(dir);
}
