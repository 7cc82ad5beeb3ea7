import { type KernelHandle, KernelMemory } from "../../../../kernels/kernel_memory.ts";
import { privateBinary, sharedBinary } from "./_binary.ts";

/** A step of an LSTM, forward or back. */
type LstmStep = (
  gates: number,
  stride: number,
  before: number,
  beforeStride: number,
  shown: number,
  cell: number,
  state: number,
  rows: number,
  units: number,
) => void;

/** A step of a GRU, forward or back. */
type GruStep = (
  gates: number,
  stride: number,
  before: number,
  beforeStride: number,
  state: number,
  rows: number,
  units: number,
) => void;

/** The functions in core/models/recurrent/training/kernels/assembly; addresses are in bytes. */
export interface RecurrentKernelFunctions {
  multiply(
    a: number,
    aRow: number,
    aColumn: number,
    b: number,
    bRow: number,
    c: number,
    cRow: number,
    rows: number,
    columns: number,
    depth: number,
  ): void;
  readonly lstmForward: LstmStep;
  readonly lstmBackward: LstmStep;
  readonly gruForward: GruStep;
  readonly gruBackward: GruStep;
  largest(state: number, best: number, winner: number, step: number, units: number): void;
  addAtWinners(values: number, winner: number, step: number, out: number, units: number): void;
  addScaled(values: number, scale: number, out: number, units: number): void;
  gatherRows(addresses: number, count: number, bytes: number, out: number, stride: number): void;
  copyRows(
    from: number,
    fromStride: number,
    count: number,
    bytes: number,
    out: number,
    stride: number,
  ): void;
  sumPlaces(addresses: number, count: number, out: number, columns: number): void;
  addRows(from: number, stride: number, count: number, out: number, columns: number): void;
  transpose(
    from: number,
    fromStride: number,
    out: number,
    outStride: number,
    rows: number,
    columns: number,
  ): void;
  adam(
    weight: number,
    mean: number,
    square: number,
    gradient: number,
    count: number,
    scale: number,
    rate: number,
    epsilon: number,
    beta1: number,
    beta2: number,
  ): void;
}

/** The kernels of training on a memory that threads share. */
export class RecurrentKernels extends KernelMemory<RecurrentKernelFunctions> {
  /**
   * Starts the kernels.
   *
   * @param handle The memory of another thread; without one, new memory is made.
   */
  constructor(handle?: KernelHandle) {
    super({ shared: sharedBinary, private: privateBinary }, handle);
  }
}
