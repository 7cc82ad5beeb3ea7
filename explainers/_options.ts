import { type ChoiceOption, type NumberOption, type Pooling, poolingNames } from "@heatword/core";

/** The option `seed` of methods that sample. */
export const seedOption = {
  type: "number",
  default: 0,
  integer: true,
  min: 0,
  max: 4294967295,
  description: "Seed of the random numbers; the same seed gives the same relevances",
} as const satisfies NumberOption;

/** The option `pooling`, with the default of a method. */
export function poolingOption(fallback: Pooling): ChoiceOption<Pooling> {
  return {
    type: "choice",
    default: fallback,
    choices: poolingNames,
    description: "How the numbers of a word become one",
  };
}

/** The option `detail` of methods that give a number for each element of the word vectors. */
export const detailOption = {
  type: "choice",
  default: "values",
  choices: ["values", "words"],
  description: "Whether to give a relevance for each number of each word, or for words alone",
} as const satisfies ChoiceOption;

/** The option `samples`. */
export function samplesOption(fallback: number, description: string, min = 1): NumberOption {
  return { type: "number", default: fallback, integer: true, min, max: 10_000_000, description };
}
