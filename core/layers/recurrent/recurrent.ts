import { type FloatArray, type Tensor, zerosLike } from "../../tensor.ts";
import type { Layer } from "../layer.ts";
import { gradientBack } from "./_gradient.ts";
import type { Cell } from "./cell.ts";
import { type CellRun, inReadingOrder, runCell, runTexts } from "./run.ts";

/** How a recurrent layer goes through a text. */
export interface RecurrentOptions {
  /** Whether the output is the state at every word, [T, H], and not the last one, [H]. @default {false} */
  readonly returnSequences?: boolean;
  /**
   * Whether the last word is read first. States at every word then come out in the order in which they
   * were made, as in Keras.
   *
   * @default {false}
   */
  readonly goBackwards?: boolean;
  /**
   * Which rows are words, shape [T]: at the others (padding) the state stays and comes out again.
   *
   * @default {all}
   */
  readonly mask?: ArrayLike<number | boolean>;
}

/** A layer that reads a text word by word and keeps a state. */
export interface RecurrentLayer extends Layer {
  /** Relevance goes back through the operations of each step. */
  readonly relevance: "recurrent";
  /** What it does at a word. */
  readonly cell: Cell;
  /** Whether the last word is read first. */
  readonly goBackwards: boolean;
  /**
   * All that the cell makes of an input, in the order in which it reads; kept for the input that was
   * asked for last.
   *
   * @param input The input, shape [T, D].
   * @returns What goes through it.
   */
  run(input: Tensor): CellRun;
  /**
   * The same layer for a text with padding.
   *
   * @param mask Which rows are words, shape [T].
   * @returns The layer, with the same weights.
   */
  withMask(mask: ArrayLike<number | boolean>): RecurrentLayer;
}

const sameNumbers = (a: ArrayLike<number>, b: ArrayLike<number>): boolean => {
  if (a.length !== b.length) return false;
  for (let i = 0; i < a.length; i++) if (a[i] !== b[i]) return false;
  return true;
};

function rounded(values: ArrayLike<number>, like: FloatArray): FloatArray {
  const result = zerosLike(like, values.length);
  result.set(values);
  return result;
}

/**
 * A recurrent layer, from [T, D] to the last state [H], or to the state at every word [T, H]. States
 * start at zero. It computes in float64 whatever its input is, so that relevance is conserved over
 * long texts, and rounds its output.
 *
 * @param cell What it does at a word: {@linkcode lstmCell}, {@linkcode gruCell},
 * {@linkcode simpleCell} or a list of operations of your own.
 * @param options How it goes through a text.
 * @param name The name of the layer.
 * @returns The layer.
 *
 * @example
 * ```ts
 * import { recurrent, simpleCell } from "@heatword/core";
 * import { assertAlmostEquals } from "@std/assert";
 *
 * const one = Float64Array.of(1);
 * const layer = recurrent(simpleCell({ units: 1, kernel: one, recurrentKernel: one }));
 * const { data } = layer.forward({ shape: [2, 1], data: Float64Array.of(0.5, -0.2) });
 * assertAlmostEquals(data[0]!, Math.tanh(Math.tanh(0.5) - 0.2), 1e-15);
 * ```
 */
export function recurrent(
  cell: Cell,
  options: RecurrentOptions = {},
  name = "recurrent",
): RecurrentLayer {
  const { returnSequences = false, goBackwards = false, mask } = options;
  const { units, dimensions, slots, states } = cell;
  const shown = Object.values(states)[0]!;
  const kept = new WeakMap<Tensor, { readonly data: FloatArray; readonly run: CellRun }>();
  /** Which steps are padding, in the order of reading. */
  const skippedIn = (steps: number): Uint8Array | undefined =>
    mask && Uint8Array.from({ length: steps }, (_, s) => {
      return mask[goBackwards ? steps - 1 - s : s] ? 0 : 1;
    });
  const check = (input: Tensor): void => {
    const [steps, size] = input.shape;
    if (input.shape.length !== 2 || size !== dimensions) {
      throw new RangeError(
        `Cannot read words of ${dimensions} numbers in an input of [${input.shape.join(", ")}]`,
      );
    }
    if (mask && mask.length !== steps) {
      throw new RangeError(`Cannot use a mask of ${mask.length} words on an input of ${steps}`);
    }
  };
  const fresh = (input: Tensor): CellRun => {
    check(input);
    const [steps] = input.shape;
    const read = inReadingOrder(input.data, dimensions, goBackwards);
    const run = runCell(cell, read, skippedIn(steps!));
    kept.set(input, { data: input.data.slice(), run });
    return run;
  };
  const run = (input: Tensor): CellRun => {
    const found = kept.get(input);
    return found && sameNumbers(found.data, input.data) ? found.run : fresh(input);
  };
  return {
    name,
    relevance: "recurrent",
    cell,
    goBackwards,
    run,
    withMask: (mask) => recurrent(cell, { ...options, mask }, name),
    forward(input): Tensor {
      const { steps, values } = run(input);
      const state = (step: number) => {
        const start = ((step + 1) * slots + shown) * units;
        return values.subarray(start, start + units);
      };
      if (!returnSequences) return { shape: [units], data: rounded(state(steps - 1), input.data) };
      const output = zerosLike(input.data, steps * units);
      for (let s = 0; s < steps; s++) output.set(state(s), s * units);
      return { shape: [steps, units], data: output };
    },
    forwardAll(inputs): Tensor[] {
      inputs.forEach(check);
      const [first] = inputs;
      if (!first) return [];
      const [steps] = first.shape as [number];
      if (inputs.some(({ shape }) => shape[0] !== steps)) {
        throw new RangeError("Cannot read texts of several lengths side by side");
      }
      const shape = returnSequences ? [steps, units] : [units];
      const outputs = inputs.map(({ data }) =>
        zerosLike(data, returnSequences ? steps * units : units)
      );
      const read = inputs.map(({ data }) => inReadingOrder(data, dimensions, goBackwards));
      runTexts(cell, read, skippedIn(steps), (step, text, state) => {
        if (returnSequences) outputs[text]!.set(state, step * units);
        else if (step === steps - 1) outputs[text]!.set(state);
      });
      return outputs.map((data) => ({ shape, data }));
    },
    backward(input, { data }): Tensor {
      const gradient = gradientBack(run(input), data);
      return {
        shape: input.shape,
        data: rounded(inReadingOrder(gradient, dimensions, goBackwards), data),
      };
    },
  };
}

/** Whether a layer is recurrent. */
export function isRecurrent(layer: Layer): layer is RecurrentLayer {
  return layer.relevance === "recurrent";
}
