// LRP through recurrent cells number by number, from the definition of each rule: shares no code with
// the explainer or the layers.
import { runSlowly, type SlowCell, type SlowStep } from "../core/layers/_slow_recurrent.ts";

/** The rules of a slow explanation. */
export interface SlowRules {
  readonly epsilon: number;
  readonly bias: "share" | "absorb" | "ignore";
  readonly gates: "all" | "half" | "prop" | "abs";
}

/** What each of some contributions gets of the relevance of their sum. */
function shares(
  contributions: readonly number[],
  bias: number,
  relevance: number,
  { epsilon, bias: mode }: SlowRules,
): number[] {
  const b = mode === "ignore" ? 0 : bias;
  const z = contributions.reduce((sum, value) => sum + value, b);
  const s = z >= 0 ? epsilon : -epsilon;
  const extra = mode === "share" ? (b + s) / contributions.length : 0;
  return contributions.map((value) => (value + extra) / (z + s) * relevance);
}

/** The gate's part of a product. */
function gatePart(gate: number, signal: number, { gates }: SlowRules): number {
  if (gates === "all") return 0;
  if (gates === "half") return 1 / 2;
  const [g, s] = gates === "prop" ? [gate, signal] : [Math.abs(gate), Math.abs(signal)];
  return g + s === 0 ? 1 / 2 : g / (g + s);
}

/** What becomes of the relevance at one word. */
interface Below {
  readonly x: number[];
  readonly h: number[];
  readonly c: number[];
}

const zeros = (count: number): number[] => Array.from({ length: count }, () => 0);
const add = (to: number[], from: readonly number[]) => from.forEach((value, i) => to[i]! += value);

/** Takes the relevance of a gate's pre-activation to what it read. */
function linearStep(
  { kernel, recurrentKernel, bias }: SlowCell,
  x: readonly number[],
  state: readonly number[],
  [j, relevance]: readonly [number, number],
  rules: SlowRules,
): { x: number[]; state: number[] } {
  const contributions = [
    ...x.map((value, i) => value * kernel[i]![j]!),
    ...state.map((value, k) => value * recurrentKernel[k]![j]!),
  ];
  const b = bias.reduce((sum, row) => sum + row[j]!, 0);
  const found = shares(contributions, b, relevance, rules);
  return { x: found.slice(0, x.length), state: found.slice(x.length) };
}

function lstmBelow(
  cell: SlowCell,
  step: SlowStep,
  h: number[],
  c: number[],
  rules: SlowRules,
): Below {
  const { units } = cell;
  const { gates, before } = step;
  const below = { x: zeros(step.x.length), h: zeros(units), c: zeros(units) };
  for (let k = 0; k < units; k++) {
    const forGate = { i: 0, f: 0, g: 0, o: 0 };
    const partO = gatePart(gates.o![k]!, gates.shown![k]!, rules);
    forGate.o = partO * h[k]!;
    const atC = c[k]! + (1 - partO) * h[k]!;
    const kept = gates.f![k]! * before.c[k]!;
    const written = gates.i![k]! * gates.g![k]!;
    const [forKept, forWritten] = shares([kept, written], 0, atC, rules) as [number, number];
    const partF = gatePart(gates.f![k]!, before.c[k]!, rules);
    forGate.f = partF * forKept;
    below.c[k]! += (1 - partF) * forKept;
    const partI = gatePart(gates.i![k]!, gates.g![k]!, rules);
    forGate.i = partI * forWritten;
    forGate.g = (1 - partI) * forWritten;
    (["i", "f", "g", "o"] as const).forEach((name, gate) => {
      const found = linearStep(cell, step.x, before.h, [gate * units + k, forGate[name]], rules);
      add(below.x, found.x);
      add(below.h, found.state);
    });
  }
  return below;
}

function gruBelow(cell: SlowCell, step: SlowStep, h: number[], rules: SlowRules): Below {
  const { units, kind, kernel, recurrentKernel, bias } = cell;
  const { gates, before } = step;
  const below = { x: zeros(step.x.length), h: zeros(units), c: zeros(units) };
  const forR = zeros(units);
  const forZ = zeros(units);
  for (let k = 0; k < units; k++) {
    const [z, n] = [gates.z![k]!, gates.n![k]!];
    const [forKept, forNew] = shares([z * before.h[k]!, (1 - z) * n], 0, h[k]!, rules) as [
      number,
      number,
    ];
    const partKept = gatePart(z, before.h[k]!, rules);
    below.h[k]! += (1 - partKept) * forKept;
    const partNew = gatePart(1 - z, n, rules);
    forZ[k]! += partKept * forKept + partNew * forNew;
    const candidate = (1 - partNew) * forNew;
    const j = 2 * units + k;
    if (kind === "gru") {
      const found = linearStep(cell, step.x, gates.q!, [j, candidate], rules);
      add(below.x, found.x);
      found.state.forEach((value, m) => {
        const part = gatePart(gates.r![m]!, before.h[m]!, rules);
        forR[m]! += part * value;
        below.h[m]! += (1 - part) * value;
      });
    } else {
      const r = gates.r![k]!;
      const contributions = [
        ...step.x.map((value, i) => value * kernel[i]![j]!),
        ...before.h.map((value, m) => value * r * recurrentKernel[m]![j]!),
      ];
      const found = shares(contributions, bias[0]![j]! + r * bias[1]![j]!, candidate, rules);
      add(below.x, found.slice(0, step.x.length));
      const part = gatePart(r, gates.v![k]!, rules);
      found.slice(step.x.length).forEach((value, m) => {
        forR[k]! += part * value;
        below.h[m]! += (1 - part) * value;
      });
    }
  }
  for (let k = 0; k < units; k++) {
    for (const [gate, relevance] of [[0, forZ[k]!], [1, forR[k]!]] as const) {
      const found = linearStep(cell, step.x, before.h, [gate * units + k, relevance], rules);
      add(below.x, found.x);
      add(below.h, found.state);
    }
  }
  return below;
}

function simpleBelow(cell: SlowCell, step: SlowStep, h: number[], rules: SlowRules): Below {
  const below = { x: zeros(step.x.length), h: zeros(cell.units), c: zeros(cell.units) };
  h.forEach((relevance, k) => {
    const found = linearStep(cell, step.x, step.before.h, [k, relevance], rules);
    add(below.x, found.x);
    add(below.h, found.state);
  });
  return below;
}

/**
 * Takes relevance back through a cell.
 *
 * @param cell The cell.
 * @param words The words, in the order of reading.
 * @param above What arrives at the state at each word.
 * @param rules The rules.
 * @param mask Which words are no padding.
 * @returns What each number of each word gets, and what remains before the first.
 */
export function slowRecurrentLrp(
  cell: SlowCell,
  words: readonly number[][],
  above: readonly number[][],
  rules: SlowRules,
  mask?: readonly boolean[],
): { words: number[][]; left: { h: number[]; c: number[] } } {
  const { steps } = runSlowly(cell, words, mask);
  let h = zeros(cell.units);
  let c = zeros(cell.units);
  const found = words.map((x) => zeros(x.length));
  for (let t = words.length - 1; t >= 0; t--) {
    add(h, above[t]!);
    const step = steps[t];
    if (!step) continue;
    const below = cell.kind === "lstm"
      ? lstmBelow(cell, step, h, c, rules)
      : cell.kind === "simple"
      ? simpleBelow(cell, step, h, rules)
      : gruBelow(cell, step, h, rules);
    found[t] = below.x;
    h = below.h;
    c = below.c;
  }
  return { words: found, left: { h, c } };
}
