import type { FeatureKind } from "../audit/mod.ts";
import type { Figures } from "./figures.ts";

/** How a model is repaired. */
export type RepairWay = "deletion" | "counter-examples" | "penalty" | "filters";

/** A way, and what it came to. */
export interface WayReport {
  /** The way. */
  readonly way: RepairWay;
  /** The folder of the repaired model. */
  readonly folder: string;
  /** What was chosen and done, in words. */
  readonly done: string;
  /** What it came to. */
  readonly figures: Figures;
}

/** What a repair came to. */
export interface RepairReport {
  /** What was given as the model. */
  readonly model: string;
  /** What the texts are called. */
  readonly corpus: string;
  /** What the model is to look at no more. */
  readonly against: { readonly kind: FeatureKind; readonly what: string };
  /** Name of the explainer. */
  readonly explainer: string;
  /** The seeds of the models that were measured. */
  readonly seeds: readonly number[];
  /**
   * What the models in the folders learned from: the texts to learn from, as those that were measured;
   * or all, those measured on, too.
   */
  readonly writtenFrom: "learned" | "all";
  /** How many texts there are to learn from, and to measure on; and how many of them have the leak. */
  readonly texts: {
    readonly learned: number;
    readonly learnedWithLeak: number;
    readonly measured: number;
    readonly measuredWithLeak: number;
  };
  /** Each way. */
  readonly ways: readonly WayReport[];
  /** The way to take by these figures; see `advisedWay`. */
  readonly advised: RepairWay;
}
