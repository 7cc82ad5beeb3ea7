import { sharedBinary } from "./_binary.ts";

/** The functions in skipgram/kernels/assembly; all addresses are in bytes. */
export interface SkipgramKernels {
  subsample(
    words: number,
    starts: number,
    order: number,
    texts: number,
    chances: number,
    kept: number,
    start: number,
  ): number;
  plan(
    kept: number,
    first: number,
    last: number,
    start: number,
    window: number,
    negatives: number,
    noise: number,
    pool: number,
    drawn: number,
    words: number,
    table: number,
    bytes: number,
    slots: number,
    shard: number,
    list: number,
    copies: number,
    blank: number,
    groups: number,
  ): number;
  descend(
    groups: number,
    count: number,
    bytes: number,
    rate: number,
    products: number,
    width: number,
    fresh: number,
  ): void;
  dots(
    contexts: number,
    n: number,
    outputs: number,
    m: number,
    bytes: number,
    to: number,
    width: number,
  ): void;
  takeDifferences(
    list: number,
    count: number,
    copies: number,
    table: number,
    bytes: number,
  ): void;
  merge(
    list: number,
    count: number,
    copies: number,
    table: number,
    bytes: number,
    rank: number,
    size: number,
  ): void;
}

let compiled: WebAssembly.Module | undefined;

/** The compiled kernels. */
export function skipgramModule(): WebAssembly.Module {
  return compiled ??= new WebAssembly.Module(Uint8Array.fromBase64(sharedBinary));
}

/** Starts the kernels on a memory, which has to be shared. */
export function startKernels(
  module: WebAssembly.Module,
  memory: WebAssembly.Memory,
): SkipgramKernels {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return exports as unknown as SkipgramKernels;
}
