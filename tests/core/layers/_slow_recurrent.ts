// Recurrent cells number by number from their definitions: slow references that share no code with
// the layers.
import { Random } from "@heatword/core";

/** The kinds of cells. */
export const kinds = ["lstm", "gru", "gru-after", "simple"] as const;
export type Kind = (typeof kinds)[number];

/** A cell as nested lists, in the layout of Keras. */
export interface SlowCell {
  readonly kind: Kind;
  readonly units: number;
  /** [D][gates · H]. */
  readonly kernel: number[][];
  /** [H][gates · H]. */
  readonly recurrentKernel: number[][];
  /** [1 or 2][gates · H]. */
  readonly bias: number[][];
}

const gatesOf = { "lstm": 4, "gru": 3, "gru-after": 3, "simple": 1 };

/** A cell with drawn weights. */
export function drawCell(kind: Kind, dimensions: number, units: number, random: Random): SlowCell {
  const width = gatesOf[kind] * units;
  const draw = (rows: number, scale: number) =>
    Array.from(
      { length: rows },
      () => Array.from({ length: width }, () => (2 * random.uniform() - 1) * scale),
    );
  return {
    kind,
    units,
    kernel: draw(dimensions, 1),
    recurrentKernel: draw(units, 1),
    bias: draw(kind === "gru-after" ? 2 : 1, 0.5),
  };
}

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

/** Σ_i row_i · matrix_ij. */
export const column = (row: readonly number[], matrix: readonly number[][], j: number): number =>
  row.reduce((sum, value, i) => sum + value * matrix[i]![j]!, 0);

/** All that a cell makes at one word. */
export interface SlowStep {
  readonly x: number[];
  readonly before: { readonly h: number[]; readonly c: number[] };
  readonly h: number[];
  readonly c: number[];
  /** Pre-activations and values of the gates, by their names. */
  readonly a: Record<string, number[]>;
  readonly gates: Record<string, number[]>;
}

function step(cell: SlowCell, x: number[], before: { h: number[]; c: number[] }): SlowStep {
  const { kind, units, kernel, recurrentKernel, bias } = cell;
  const each = (f: (k: number) => number) => Array.from({ length: units }, (_, k) => f(k));
  const affine = (gate: number, state: readonly number[]) =>
    each((k) => {
      const j = gate * units + k;
      return column(x, kernel, j) + column(state, recurrentKernel, j) + bias[0]![j]! +
        (kind === "gru-after" ? bias[1]![j]! : 0);
    });
  const { h, c } = before;
  if (kind === "simple") {
    const a = affine(0, h);
    return { x, before, h: a.map(Math.tanh), c, a: { n: a }, gates: {} };
  }
  if (kind === "lstm") {
    const [ai, af, ag, ao] = [0, 1, 2, 3].map((gate) => affine(gate, h)) as [
      number[],
      number[],
      number[],
      number[],
    ];
    const [i, f, o] = [ai, af, ao].map((a) => a.map(sigmoid)) as [number[], number[], number[]];
    const g = ag.map(Math.tanh);
    const next = each((k) => f[k]! * c[k]! + i[k]! * g[k]!);
    const shown = next.map(Math.tanh);
    return {
      x,
      before,
      h: each((k) => o[k]! * shown[k]!),
      c: next,
      a: { i: ai, f: af, g: ag, o: ao },
      gates: { i, f, g, o, shown },
    };
  }
  const [az, ar] = [affine(0, h), affine(1, h)];
  const [z, r] = [az.map(sigmoid), ar.map(sigmoid)];
  const q = each((k) => r[k]! * h[k]!);
  const v = each((k) =>
    column(h, recurrentKernel, 2 * units + k) + (bias[1]?.[2 * units + k] ?? 0)
  );
  const an = kind === "gru" ? affine(2, q) : each((k) => {
    const j = 2 * units + k;
    return column(x, kernel, j) + bias[0]![j]! + r[k]! * v[k]!;
  });
  const n = an.map(Math.tanh);
  return {
    x,
    before,
    h: each((k) => z[k]! * h[k]! + (1 - z[k]!) * n[k]!),
    c,
    a: { z: az, r: ar, n: an },
    gates: { z, r, n, q, v },
  };
}

/** Runs a cell; masked words give no step but keep the states. */
export function runSlowly(
  cell: SlowCell,
  words: readonly number[][],
  mask?: readonly boolean[],
): { states: number[][]; steps: (SlowStep | undefined)[] } {
  const zeros = () => Array.from({ length: cell.units }, () => 0);
  let before = { h: zeros(), c: zeros() };
  const steps: (SlowStep | undefined)[] = [];
  const states = words.map((x, t) => {
    const made = mask && !mask[t] ? undefined : step(cell, x, before);
    steps.push(made);
    if (made) before = { h: made.h, c: made.c };
    return before.h;
  });
  return { states, steps };
}
