import type { ElementFunction } from "../element_function.ts";
import type { Matrix } from "./matrix.ts";

/** Numbers that a step reads: of this step, or what a slot held at the step before. */
export interface Operand {
  /** The slot. */
  readonly slot: number;
  /** Whether it is that of the step before. @default {false} */
  readonly before?: boolean;
}

/**
 * z = x W + b + s U, for some gates side by side in slots one after the other; with a gate r it is
 * z = x W + b + r · (s U + b′).
 */
export interface LinearOperation {
  /** Tells the kinds of operations apart. */
  readonly kind: "linear";
  /** The slot of the first gate. */
  readonly to: number;
  /** How many gates there are. */
  readonly gates: number;
  /** W, shape [D, gates · H]. */
  readonly kernel: Matrix;
  /** U, shape [H, gates · H]. */
  readonly recurrentKernel: Matrix;
  /** b, shape [gates · H]. */
  readonly bias: Float64Array;
  /** The state s. */
  readonly state: Operand;
  /** What a single gate's part of the state is multiplied by. */
  readonly reset?: ResetAfter;
}

/** How a reset gate acts on what a state has become. */
export interface ResetAfter {
  /** The slot of the gate r. */
  readonly gate: number;
  /** The slot that takes s U + b′. */
  readonly to: number;
  /** b′, shape [H]. */
  readonly bias: Float64Array;
}

/** y = f(x), for each number. */
export interface ActivationOperation {
  /** Tells the kinds of operations apart. */
  readonly kind: "activation";
  /** The slot that is read. */
  readonly from: number;
  /** The slot of the values. */
  readonly to: number;
  /** The function. */
  readonly f: ElementFunction;
}

/** y = gate · signal, for each number. */
export interface ProductOperation {
  /** Tells the kinds of operations apart. */
  readonly kind: "product";
  /** The gate. */
  readonly gate: Operand;
  /** The signal. */
  readonly signal: Operand;
  /** The slot of the products. */
  readonly to: number;
}

/** y = a + b, for each number. */
export interface SumOperation {
  /** Tells the kinds of operations apart. */
  readonly kind: "sum";
  /** The slots of the two that are added. */
  readonly from: readonly [number, number];
  /** The slot of the sums. */
  readonly to: number;
}

/** What a cell does in a step. */
export type CellOperation =
  | LinearOperation
  | ActivationOperation
  | ProductOperation
  | SumOperation;

/**
 * A recurrent cell as data: what it does at each word, operation by operation, on slots of H numbers.
 * Forward and backward pass and the rules of relevance all go by it, so that a further cell is a
 * further list.
 */
export interface Cell {
  /** Numbers of a slot H. */
  readonly units: number;
  /** Numbers that it reads of a word D. */
  readonly dimensions: number;
  /** How many slots a step has. */
  readonly slots: number;
  /** The slots that the next step reads, by the name of the state; the first is the output. */
  readonly states: Readonly<Record<string, number>>;
  /** What is done, in this order; each slot is written once. */
  readonly operations: readonly CellOperation[];
}

/** What a slot of a step holds. */
export const now = (slot: number): Operand => ({ slot });

/** What a slot held at the step before. */
export const before = (slot: number): Operand => ({ slot, before: true });
