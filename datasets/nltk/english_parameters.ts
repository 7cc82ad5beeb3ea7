import { decodeParameters } from "./_compact.ts";
import { ENGLISH } from "./_english.ts";
import type { PunktParameters } from "./punkt_parameters.ts";

let shared: PunktParameters | undefined;

/** The parameters that are used where none are given: one instance, which nobody may change. */
export function defaultParameters(): PunktParameters {
  return shared ??= decodeParameters(ENGLISH);
}

/**
 * The built-in parameters for English, trained on the train split of the 20Newsgroups corpus. They
 * need no file, but they are not NLTK's: some sentences end elsewhere. For NLTK's exact tokens read
 * NLTK's parameters, by `findPunktParameters` or `readPunktTab`. Orthographic contexts of rare types,
 * and of types that no decision can depend on, are left out.
 *
 * @returns A new instance, free to be changed.
 *
 * @example
 * ```ts
 * import { englishParameters, sentTokenize } from "@heatword/datasets/nltk";
 * import { assertEquals } from "@std/assert";
 *
 * const parameters = englishParameters();
 * parameters.abbrevTypes.add("approx");
 * assertEquals(sentTokenize("It weighs approx. 5 kg.", parameters), ["It weighs approx. 5 kg."]);
 * ```
 */
export function englishParameters(): PunktParameters {
  return decodeParameters(ENGLISH);
}
