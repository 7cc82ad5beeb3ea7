import type { Document, Input, Model, Random } from "@heatword/core";
import type { Curves } from "../faithfulness/curves.ts";
import type { SetFunction } from "../set_function.ts";
import type { Row } from "./rows.ts";
import type { TextLimits } from "./text_limits.ts";
import type { Readout } from "./text_values.ts";
import type { TrustPlan } from "./trust_plan.ts";

/** A text whose explanations are measured, with what several measures need; each found once. */
export interface MeasuredText {
  /** The model. */
  readonly model: Model;
  /** The text, as the model reads it. */
  readonly document: Document;
  /** The text, as an input of the model. */
  readonly input: Input;
  /** How many words it has. */
  readonly words: number;
  /** Index of the class that is explained. */
  readonly target: number;
  /** The place of the text among all. */
  readonly index: number;
  /** What is measured. */
  readonly plan: TrustPlan;
  /** The relevances of explainers, by each seed, and of controls. */
  readonly rows: readonly Row[];
  /** The explained number, by readout, as words are deleted. */
  readonly values: Readonly<Record<Readout, SetFunction>>;
  /** The exact Shapley values of the score, where there are any. */
  readonly shapley: ArrayLike<number> | undefined;
  /** A copy of the model that has seen texts with words missing, where the model itself has not. */
  readonly tuned: Model | undefined;
  /** The positions of the words that are known to have decided, where there are any. */
  readonly truth: readonly number[] | undefined;
  /** Randomness of its own for a purpose; the same key, the same numbers. */
  random(key: number): Random;
  /** The explained number of the whole text. */
  full(readout: Readout): Promise<number>;
  /** The limits of AOPC over all orders, where they are looked for. */
  limits(readout: Readout): Promise<TextLimits | undefined>;
  /** What becomes of both readouts as words are deleted and kept, for each row. */
  curves(): Promise<readonly Readonly<Record<Readout, Curves>>[]>;
}
