import { binary } from "./_binary.ts";

/** The functions in tall_matrix/kernels/assembly; all addresses are in bytes. */
export interface TallMatrixKernels {
  sparseTimesPanel(
    starts: number,
    rows: number,
    columns: number,
    values: number,
    panel: number,
    to: number,
  ): void;
  fourDots(left: number, right: number, rows: number, to: number): void;
  panelsTimes(
    matrix: number,
    stride: number,
    panels: number,
    rows: number,
    small: number,
    to: number,
  ): void;
}

let compiled: WebAssembly.Module | undefined;

/** Starts the kernels on a memory. */
export function startKernels(memory: WebAssembly.Memory): TallMatrixKernels {
  compiled ??= new WebAssembly.Module(Uint8Array.fromBase64(binary));
  const { exports } = new WebAssembly.Instance(compiled, { env: { memory } });
  return exports as unknown as TallMatrixKernels;
}
