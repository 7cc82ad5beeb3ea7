import type { KernelHandle } from "../../../kernels/kernel_memory.ts";
import type { RecurrentHyperparameters } from "./hyperparameters.ts";
import type { Layout } from "./_memory.ts";

/** What the members of the team do in a step. */
export const STEPS = { project: 0, documents: 1, words: 2, gradient: 3, update: 4 } as const;

/** Numbers that the leading thread sets before a step; indexes into shared float64 numbers. */
export const SETTINGS = {
  step: 0,
  documents: 1,
  words: 2,
  parts: 3,
  rows: 4,
  learns: 5,
  scale: 6,
  rate: 7,
  epsilon: 8,
} as const;

/** What every member needs. */
export interface StepSetup {
  /** The kernels on the memory that all share; absent where memory cannot be shared. */
  readonly handle: KernelHandle | undefined;
  readonly layout: Layout;
  readonly hyperparameters: RecurrentHyperparameters;
  /** Shared numbers, as {@linkcode SETTINGS} names them. */
  readonly settings: Float64Array;
  /** One shared number: the next piece of the step that nobody has taken. */
  readonly next: Int32Array;
}
