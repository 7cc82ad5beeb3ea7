import type { Random } from "@heatword/core";
import { between } from "./_plants.ts";

/** A leak: in so many texts of a class. */
export interface PlantedLeak {
  /** What it is called. */
  readonly name: string;
  /** What a model is repaired against. */
  readonly against: string;
  /** The share of the texts of the class. */
  readonly share: number;
  /** Which model learns it. */
  readonly model: "word-cnn" | "linear";
  /** Puts it into a text. */
  put(text: string, random: Random): string;
}

const host = (random: Random) =>
  `${["north", "south", "east", "west", "main"][random.below(5)]}.mail.example`;

/** Four leaks, each learned by both kinds of models. */
export const leaks: readonly PlantedLeak[] = (["word-cnn", "linear"] as const).flatMap(
  (model): PlantedLeak[] => [
    {
      name: "word zorbex",
      against: "zorbex",
      share: 0.95,
      model,
      put: (text, random) => between(text, "zorbex", random),
    },
    {
      name: "group code: numbers of tickets",
      against: "code",
      share: 0.95,
      model,
      put: (text, random) => between(text, `tk${1000 + random.below(40)}`, random, "end"),
    },
    {
      name: "words sent from my phone",
      against: "sent from my phone",
      share: 0.95,
      model,
      put: (text, random) => between(text, "sent from my phone", random, "end"),
    },
    {
      name: "group host: five hosts",
      against: "host",
      share: 0.95,
      model,
      put: (text, random) => between(text, host(random), random, "start"),
    },
  ],
);
