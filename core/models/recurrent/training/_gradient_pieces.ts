import type { RecurrentKernels } from "./kernels/kernels.ts";
import type { Layout } from "./_memory.ts";
import { SETTINGS } from "./_setup.ts";

/** Rows of a matrix of weights that a piece has. */
const BLOCK = 16;
/** Rows that are gone through at once, so that they stay in the cache. */
const DEPTH = 128;

/** A part of the gradient of all weights: nothing but itself is written. */
export interface GradientPiece {
  /** Where it begins among all weights, in numbers. */
  readonly start: number;
  /** Behind its end. */
  readonly end: number;
  /** Computes it, for the batch. */
  compute(kernels: RecurrentKernels, settings: Float64Array): void;
}

/** Cuts the rows of a matrix. */
function blocks(rows: number): [from: number, to: number][] {
  return Array.from(
    { length: Math.ceil(rows / BLOCK) },
    (_, i) => [i * BLOCK, Math.min(rows, (i + 1) * BLOCK)],
  );
}

/** Where two lists of rows lie whose products are summed up. */
interface Factors {
  readonly left: number;
  readonly leftStride: number;
  readonly right: number;
  readonly rightStride: number;
}

function addProducts(
  { functions }: RecurrentKernels,
  { left, leftStride, right, rightStride }: Factors,
  out: number,
  outStride: number,
  [rows, columns, depth]: readonly [number, number, number],
): void {
  for (let from = 0; from < depth; from += DEPTH) {
    functions.multiply(
      left + from * leftStride,
      4,
      leftStride,
      right + from * rightStride,
      rightStride,
      out,
      outStride,
      rows,
      columns,
      Math.min(DEPTH, depth - from),
    );
  }
}

function directionPieces(layout: Layout, direction: number): GradientPiece[] {
  const { sizes, gradient, batchVectors } = layout;
  const { depth, units, gates, weightStride, gateStride, stateGates, stateStride } = sizes;
  const { kernel, recurrent, stateBias } = layout.places.directions[direction]!;
  const own = layout.directions[direction]!;
  const stateFrom = own.gates + stateGates * 4;
  return [
    ...blocks(depth).map(([from, to]): GradientPiece => ({
      start: kernel + from * weightStride,
      end: kernel + to * weightStride,
      compute(kernels, settings) {
        const factors = {
          left: batchVectors + from * 4,
          leftStride: depth * 4,
          right: own.projections,
          rightStride: weightStride * 4,
        };
        const out = gradient + this.start * 4;
        const words = settings[SETTINGS.words]!;
        addProducts(kernels, factors, out, weightStride * 4, [to - from, gates, words]);
      },
    })),
    ...blocks(units).map(([from, to]): GradientPiece => ({
      start: recurrent + from * weightStride,
      end: recurrent + to * weightStride,
      compute(kernels, settings) {
        const factors = {
          left: own.before + from * 4,
          leftStride: stateStride * 4,
          right: stateFrom,
          rightStride: gateStride * 4,
        };
        const out = gradient + this.start * 4;
        const rows = settings[SETTINGS.rows]!;
        addProducts(kernels, factors, out, weightStride * 4, [to - from, gates, rows]);
      },
    })),
    ...(stateBias === undefined ? [] : [{
      start: stateBias,
      end: stateBias + weightStride,
      compute({ functions }: RecurrentKernels, settings: Float64Array) {
        const rows = settings[SETTINGS.rows]!;
        functions.addRows(stateFrom, gateStride * 4, rows, gradient + stateBias * 4, gates);
      },
    }]),
  ];
}

/** The gradient of the dense layer. */
function densePiece(layout: Layout): GradientPiece {
  const { dense, denseBias, length } = layout.places;
  const { classes, features: size } = layout.sizes;
  return {
    start: dense,
    end: length,
    compute({ float32 }, settings) {
      const sums = new Float64Array((size + 1) * classes);
      for (let i = 0; i < settings[SETTINGS.documents]!; i++) {
        const slopes = layout.scoreGradient / 4 + i * classes;
        for (let f = 0; f <= size; f++) {
          const at = i * size + f;
          const value = f === size
            ? 1
            : float32[layout.features / 4 + at]! * float32[layout.mask / 4 + at]!;
          if (value === 0) continue;
          for (let c = 0; c < classes; c++) sums[f * classes + c]! += value * float32[slopes + c]!;
        }
      }
      const target = layout.gradient / 4;
      float32.set(sums.subarray(0, size * classes), target + dense);
      float32.set(sums.subarray(size * classes), target + denseBias);
    },
  };
}

/** All parts of the gradient, the larger ones first. */
export function gradientPieces(layout: Layout): GradientPiece[] {
  return [
    ...layout.directions.flatMap((_, direction) => directionPieces(layout, direction)),
    densePiece(layout),
  ];
}
