import {
  complementFunction,
  type ElementFunction,
  sigmoidFunction,
  tanhFunction,
} from "../element_function.ts";
import { type CellWeights, dimensionsOf, gatesOf } from "./_weights.ts";
import { before, type Cell, now } from "./cell.ts";

export type { CellWeights } from "./_weights.ts";

/** The functions of a cell. */
export interface CellFunctions {
  /** φ, of candidates and outputs. @default {tanh} */
  readonly activation?: ElementFunction;
  /** ρ, of gates. @default {sigmoid} */
  readonly recurrentActivation?: ElementFunction;
}

/**
 * A cell of long short-term memory (Hochreiter and Schmidhuber 1997; with a forget gate: Gers et al.
 * 2000). a = xW + hU + b with the gates in the order i, f, c, o; i, f, o = ρ(a); g = φ(a_c);
 * c_t = f · c_{t−1} + i · g; h_t = o · φ(c_t).
 *
 * @param weights The weights, in the layout of Keras: kernel [D, 4H], recurrent kernel [H, 4H],
 * bias [4H].
 * @param functions φ and ρ.
 * @returns The cell.
 * @throws {RangeError} If the sizes do not fit.
 */
export function lstmCell(weights: CellWeights, functions: CellFunctions = {}): Cell {
  const { units, kernel, recurrentKernel, bias } = weights;
  const { activation = tanhFunction, recurrentActivation = sigmoidFunction } = functions;
  const dimensions = dimensionsOf("an LSTM", 4, weights);
  const [i, f, g, o, kept, written, c, shown, h] = [4, 5, 6, 7, 8, 9, 10, 11, 12] as const;
  const all = [0, 4] as const;
  return {
    units,
    dimensions,
    slots: 13,
    states: { h, c },
    operations: [
      {
        kind: "linear",
        to: 0,
        gates: 4,
        kernel: gatesOf(kernel, all, { units, gates: 4 }),
        recurrentKernel: gatesOf(recurrentKernel, all, { units, gates: 4 }),
        bias: bias ? Float64Array.from(bias) : new Float64Array(4 * units),
        state: before(h),
      },
      { kind: "activation", from: 0, to: i, f: recurrentActivation },
      { kind: "activation", from: 1, to: f, f: recurrentActivation },
      { kind: "activation", from: 2, to: g, f: activation },
      { kind: "activation", from: 3, to: o, f: recurrentActivation },
      { kind: "product", gate: now(f), signal: before(c), to: kept },
      { kind: "product", gate: now(i), signal: now(g), to: written },
      { kind: "sum", from: [kept, written], to: c },
      { kind: "activation", from: c, to: shown, f: activation },
      { kind: "product", gate: now(o), signal: now(shown), to: h },
    ],
  };
}

/**
 * A gated recurrent unit (Cho et al. 2014, arXiv:1406.1078). Gates in the order z, r, h;
 * z, r = ρ(xW + hU + b); h_t = z · h_{t−1} + (1 − z) · n. With `resetAfter` false
 * n = φ(xW_h + (r · h_{t−1})U_h + b_h) and bias [3H]; with true n = φ(xW_h + b_h + r · (h_{t−1}U_h + b′_h))
 * and bias [2, 3H], row 0 of the word, row 1 of the state (Keras's default).
 *
 * @param weights The weights, in the layout of Keras: kernel [D, 3H], recurrent kernel [H, 3H].
 * @param resetAfter Whether the reset gate acts behind the product with U.
 * @param functions φ and ρ.
 * @returns The cell.
 * @throws {RangeError} If the sizes do not fit.
 */
export function gruCell(
  weights: CellWeights,
  resetAfter: boolean,
  functions: CellFunctions = {},
): Cell {
  const { units, kernel, recurrentKernel } = weights;
  const { activation = tanhFunction, recurrentActivation = sigmoidFunction } = functions;
  const dimensions = dimensionsOf("a GRU", 3, weights, resetAfter ? 2 : 1);
  const bias = weights.bias ?? new Float64Array(6 * units);
  const [az, ar, z, r, an, n, other, reset, kept, written, h] = [
    0,
    1,
    2,
    3,
    4,
    5,
    6,
    7,
    8,
    9,
    10,
  ] as const;
  const part = (first: number, count: number, row = 0) =>
    Float64Array.from(bias.subarray((3 * row + first) * units, (3 * row + first + count) * units));
  const gateBias = part(0, 2);
  if (resetAfter) part(0, 2, 1).forEach((value, j) => gateBias[j]! += value);
  const gates = [0, 2] as const;
  const candidate = [2, 1] as const;
  const layout = { units, gates: 3 };
  return {
    units,
    dimensions,
    slots: 11,
    states: { h },
    operations: [
      {
        kind: "linear",
        to: az,
        gates: 2,
        kernel: gatesOf(kernel, gates, layout),
        recurrentKernel: gatesOf(recurrentKernel, gates, layout),
        bias: gateBias,
        state: before(h),
      },
      { kind: "activation", from: az, to: z, f: recurrentActivation },
      { kind: "activation", from: ar, to: r, f: recurrentActivation },
      ...(resetAfter
        ? []
        : [{ kind: "product", gate: now(r), signal: before(h), to: reset } as const]),
      {
        kind: "linear",
        to: an,
        gates: 1,
        kernel: gatesOf(kernel, candidate, layout),
        recurrentKernel: gatesOf(recurrentKernel, candidate, layout),
        bias: part(2, 1),
        ...(resetAfter
          ? { state: before(h), reset: { gate: r, to: reset, bias: part(2, 1, 1) } }
          : { state: now(reset) }),
      },
      { kind: "activation", from: an, to: n, f: activation },
      { kind: "activation", from: z, to: other, f: complementFunction },
      { kind: "product", gate: now(z), signal: before(h), to: kept },
      { kind: "product", gate: now(other), signal: now(n), to: written },
      { kind: "sum", from: [kept, written], to: h },
    ],
  };
}

/**
 * A simple recurrent cell (Elman 1990): h_t = φ(xW + h_{t−1}U + b).
 *
 * @param weights The weights, in the layout of Keras: kernel [D, H], recurrent kernel [H, H], bias [H].
 * @param functions φ.
 * @returns The cell.
 * @throws {RangeError} If the sizes do not fit.
 */
export function simpleCell(
  weights: CellWeights,
  { activation = tanhFunction }: Pick<CellFunctions, "activation"> = {},
): Cell {
  const { units, kernel, recurrentKernel, bias } = weights;
  const dimensions = dimensionsOf("a simple recurrent layer", 1, weights);
  const all = [0, 1] as const;
  return {
    units,
    dimensions,
    slots: 2,
    states: { h: 1 },
    operations: [
      {
        kind: "linear",
        to: 0,
        gates: 1,
        kernel: gatesOf(kernel, all, { units, gates: 1 }),
        recurrentKernel: gatesOf(recurrentKernel, all, { units, gates: 1 }),
        bias: bias ? Float64Array.from(bias) : new Float64Array(units),
        state: before(1),
      },
      { kind: "activation", from: 0, to: 1, f: activation },
    ],
  };
}
