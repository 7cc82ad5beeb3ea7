import type { KernelHandle } from "../kernels/mod.ts";
import type { Layout } from "./_training_memory.ts";

/** What the members of the team do in a step. */
export const STEPS = {
  pack: 0,
  filters: 1,
  documents: 2,
  update: 3,
  dense: 4,
  words: 5,
  marks: 6,
} as const;

/** Numbers that the leading thread sets before a step; indexes into shared float64 numbers. */
export const SETTINGS = {
  step: 0,
  documents: 1,
  words: 2,
  rate: 3,
  momentum: 4,
  penalty: 5,
  blend: 6,
  smoothing: 7,
  averaged: 8,
  vectorRate: 9,
  relevancePenalty: 10,
} as const;

/** What every member needs. */
export interface StepSetup {
  /** The kernels on the memory that all share; absent where memory cannot be shared. */
  readonly handle: KernelHandle | undefined;
  readonly layout: Layout;
  /** Shared numbers, as {@linkcode SETTINGS} names them. */
  readonly settings: Float64Array;
  /** One shared number: the next piece of the step that nobody has taken. */
  readonly next: Int32Array;
}
