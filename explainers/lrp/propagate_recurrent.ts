import {
  type Cell,
  type CellOperation,
  type CellRun,
  GatesBack,
  inReadingOrder,
  type LinearOperation,
  placeOf,
  type ProductOperation,
  type RecurrentLayer,
  sideOf,
  type StepBack,
  stepsBack,
  type SumOperation,
  type Tensor,
} from "@heatword/core";
import { type Flow, keptIn, type Step, total } from "./_flow.ts";
import { gatePart, type ProductRule } from "./product_rule.ts";
import type { BiasMode } from "./propagate_linear.ts";

/** The rules for cells and for networks side by side that are added or multiplied. */
export interface StepRules {
  /** Size ε of the stabiliser of sums and linear steps. */
  readonly epsilon: number;
  /** What gates get. */
  readonly gates: ProductRule;
}

/** How a denominator is shared out: R/(z + s), and what of R stands for bias and stabiliser. */
function quotientOf(relevance: number, z: number, bias: number, epsilon: number) {
  const s = z >= 0 ? epsilon : -epsilon;
  const divided = relevance / (z + s);
  return Number.isFinite(divided)
    ? { quotient: divided, forBias: bias * divided, forStabilizer: s * divided }
    : { quotient: 0, forBias: 0, forStabilizer: relevance };
}

/** Takes relevance through the steps of one run. */
class Walk {
  readonly #run: CellRun;
  readonly #cell: Cell;
  readonly #rules: StepRules;
  readonly #mode: BiasMode;
  readonly #gates = new Map<CellOperation, GatesBack>();
  /** What each number of a step's word gets of biases and stabilisers. */
  readonly #shares: Float64Array;
  readonly #scratch: Float64Array;
  bias = 0;
  stabilizer = 0;

  constructor(run: CellRun, rules: StepRules, mode: BiasMode) {
    this.#run = run;
    this.#cell = run.cell;
    this.#rules = rules;
    this.#mode = mode;
    for (const operation of run.cell.operations) {
      if (operation.kind === "linear") this.#gates.set(operation, new GatesBack(run, operation));
    }
    this.#shares = new Float64Array(run.steps);
    this.#scratch = new Float64Array(run.cell.units);
  }

  /** Takes the relevance of a step's slots to what it read. */
  step(back: StepBack): void {
    const { operations } = this.#cell;
    const { units } = this.#cell;
    for (let i = operations.length - 1; i >= 0; i--) {
      const operation = operations[i]!;
      switch (operation.kind) {
        case "linear":
          this.#linear(operation, back);
          break;
        case "product":
          this.#product(operation, back);
          break;
        case "sum":
          this.#sum(operation, back);
          break;
        default: {
          const [from, to] = [operation.from * units, operation.to * units];
          const { now } = back;
          for (let j = 0; j < units; j++) now[from + j]! += now[to + j]!;
        }
      }
    }
  }

  #linear(operation: LinearOperation, back: StepBack): void {
    const { units, dimensions } = this.#cell;
    const { values } = this.#run;
    const { step, now } = back;
    const { to, state, reset, bias: biases } = operation;
    const gates = this.#gates.get(operation)!;
    const own = gates.at(step);
    const start = placeOf(this.#cell, step, { slot: to });
    const [gate, product] = reset
      ? [reset.gate, reset.to].map((slot) => placeOf(this.#cell, step, { slot })) as [
        number,
        number,
      ]
      : [0, 0];
    const inputs = dimensions + units;
    const shares = this.#mode === "share";
    const toState = reset ? own.slice() : own;
    let [forWords, forState] = [0, 0];
    for (let j = 0; j < own.length; j++) {
      const relevance = now[to * units + j]!;
      if (relevance === 0) continue;
      const r = reset ? values[gate + j]! : 1;
      const b = biases[j]! + (reset ? r * reset.bias[j]! : 0);
      const z = values[start + j]!;
      const { quotient, forBias, forStabilizer } = this.#mode === "ignore"
        ? quotientOf(relevance, z - b, 0, this.#rules.epsilon)
        : quotientOf(relevance, z, b, this.#rules.epsilon);
      this.bias += forBias;
      this.stabilizer += forStabilizer;
      own[j] = quotient;
      const share = shares ? (forBias + forStabilizer) / inputs : 0;
      forWords += share;
      if (!reset) {
        forState += share;
        continue;
      }
      // What reaches the state through the gate r, the gate takes its part of first.
      const part = gatePart(this.#rules.gates, r, values[product + j]!);
      const reaches = r * (values[product + j]! - reset.bias[j]!) * quotient + units * share;
      now[reset.gate * units + j]! += part * reaches;
      toState[j] = (1 - part) * r * quotient;
      forState += (1 - part) * share;
    }
    this.#shares[step]! += forWords;
    const [target, at] = sideOf(this.#cell, back, state);
    const read = placeOf(this.#cell, step, state);
    this.#scratch.fill(0);
    gates.toState(toState, this.#scratch, 0);
    for (let k = 0; k < units; k++) {
      target[at + k]! += values[read + k]! * this.#scratch[k]! + forState;
    }
  }

  #product({ gate, signal, to }: ProductOperation, back: StepBack): void {
    const { units } = this.#cell;
    const { values } = this.#run;
    const { gates: rule } = this.#rules;
    const { step, now } = back;
    const [gates, g] = sideOf(this.#cell, back, gate);
    const [signals, s] = sideOf(this.#cell, back, signal);
    if (rule === "all") {
      for (let j = 0; j < units; j++) signals[s + j]! += now[to * units + j]!;
      return;
    }
    const [gateAt, signalAt] = [placeOf(this.#cell, step, gate), placeOf(this.#cell, step, signal)];
    for (let j = 0; j < units; j++) {
      const relevance = now[to * units + j]!;
      const part = gatePart(rule, values[gateAt + j]!, values[signalAt + j]!);
      gates[g + j]! += part * relevance;
      signals[s + j]! += (1 - part) * relevance;
    }
  }

  #sum({ from: [a, b], to }: SumOperation, { step, now }: StepBack): void {
    const { units } = this.#cell;
    const { values } = this.#run;
    const { epsilon } = this.#rules;
    const shares = this.#mode === "share";
    const [zAt, aAt, bAt] = [to, a, b].map((slot) => placeOf(this.#cell, step, { slot })) as [
      number,
      number,
      number,
    ];
    for (let j = 0; j < units; j++) {
      const relevance = now[to * units + j]!;
      if (relevance === 0) continue;
      const { quotient, forStabilizer } = quotientOf(relevance, values[zAt + j]!, 0, epsilon);
      const share = shares ? forStabilizer / 2 : 0;
      this.stabilizer += forStabilizer;
      now[a * units + j]! += values[aAt + j]! * quotient + share;
      now[b * units + j]! += values[bAt + j]! * quotient + share;
    }
  }

  /** The relevance of all words, and what of it is in proportion to their numbers, over these. */
  words(): { relevance: Float64Array; multipliers: Float64Array } {
    const { dimensions } = this.#cell;
    const { input } = this.#run;
    const multipliers = new Float64Array(input.length);
    for (const gates of this.#gates.values()) gates.toWords(multipliers);
    const relevance = input.map((x, i) =>
      x * multipliers[i]! + this.#shares[Math.floor(i / dimensions)]!
    );
    return { relevance, multipliers };
  }
}

/**
 * Takes relevance back through time: at each step through the products of gates and signals by their
 * rule, through sums and linear steps by the ε-rule, through activations unchanged. What arrives at
 * the states before the first word goes to no word and is kept.
 *
 * @param layer The layer.
 * @param rules The rules.
 * @param bias What becomes of the shares of biases and stabilisers.
 * @param input The input of the layer.
 * @param above What arrives at its output.
 * @returns What the words get.
 */
export function propagateRecurrent(
  layer: RecurrentLayer,
  rules: StepRules,
  bias: BiasMode,
  input: Tensor,
  above: Flow,
): Step {
  const run = layer.run(input);
  const { dimensions } = run.cell;
  const walk = new Walk(run, rules, bias);
  const left = stepsBack(run, above.relevance, (back) => walk.step(back));
  const { relevance, multipliers } = walk.words();
  const initialStates = Object.fromEntries(
    Object.entries(left).map(([name, values]) => [name, total(values)] as const),
  );
  const kept = Object.values(initialStates).reduce((sum, value) => sum + value, 0);
  const entry = {
    layer: layer.name,
    rule: `${rules.epsilon === 0 ? "zero" : "epsilon"}, gates ${rules.gates}`,
    received: total(above.relevance),
    passed: total(relevance),
    bias: walk.bias,
    stabilizer: walk.stabilizer,
    ...keptIn(kept),
    initialStates,
  };
  return {
    relevance: inReadingOrder(relevance, dimensions, layer.goBackwards),
    multipliers: () => inReadingOrder(multipliers, dimensions, layer.goBackwards),
    entry,
  };
}
