/**
 * Recurrent layers: cells as lists of operations, and what goes through them.
 *
 * @module
 */
export { GatesBack, sideOf, type StepBack, stepsBack } from "./back.ts";
export * from "./bidirectional.ts";
export type {
  ActivationOperation,
  Cell,
  CellOperation,
  LinearOperation,
  Operand,
  ProductOperation,
  ResetAfter,
  SumOperation,
} from "./cell.ts";
export * from "./cells.ts";
export { Matrix } from "./matrix.ts";
export type { Rows } from "./product.ts";
export * from "./recurrent.ts";
export { type CellRun, inReadingOrder, placeOf } from "./run.ts";
