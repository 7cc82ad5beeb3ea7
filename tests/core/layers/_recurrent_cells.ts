import { type Cell, gruCell, lstmCell, simpleCell } from "@heatword/core";
import type { SlowCell } from "./_slow_recurrent.ts";

/** The cell of the layers with the weights of a slow one. */
export function cellOf({ kind, units, kernel, recurrentKernel, bias }: SlowCell): Cell {
  const flat = (list: number[][]) => Float64Array.from(list.flat());
  const weights = {
    units,
    kernel: flat(kernel),
    recurrentKernel: flat(recurrentKernel),
    bias: flat(bias),
  };
  return kind === "lstm"
    ? lstmCell(weights)
    : kind === "simple"
    ? simpleCell(weights)
    : gruCell(weights, kind === "gru-after");
}
