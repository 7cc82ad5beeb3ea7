import { privateBinary, sharedBinary } from "./_binary.ts";

/** The functions in core/models/word_cnn/kernels/assembly; all addresses are in bytes. */
export interface KernelFunctions {
  project(
    words: number,
    results: number,
    count: number,
    depth: number,
    panels: number,
    panelCount: number,
    offset: number,
  ): void;
  interleave(words: number, count: number, depth: number, out: number): void;
  pack(filters: number, stride: number, depth: number, panels: number, panelCount: number): void;
  maxOverTime(
    rows: number,
    base: number,
    windows: number,
    filters: number,
    second: number,
    best: number,
    winner: number,
  ): void;
  maxOverWindows(
    rows: number,
    base: number,
    windows: number,
    filters: number,
    next: number,
    width: number,
    best: number,
    winner: number,
  ): void;
  activate(best: number, bias: number, mask: number, pooled: number, filters: number): void;
  dense(
    pooled: number,
    weights: number,
    bias: number,
    scores: number,
    filters: number,
    classes: number,
  ): void;
  denseBackward(
    scoreGradient: number,
    weights: number,
    pooled: number,
    mask: number,
    gradient: number,
    filters: number,
    classes: number,
  ): void;
  accumulate(
    documents: number,
    first: number,
    last: number,
    stride: number,
    gradient: number,
    winner: number,
    pooled: number,
    texts: number,
    depth: number,
    scoreGradient: number,
    classes: number,
    filterGradient: number,
    biasGradient: number,
    denseGradient: number,
    slots: number,
    width: number,
  ): void;
  toWords(
    first: number,
    last: number,
    gradient: number,
    winner: number,
    filters: number,
    slots: number,
    width: number,
    depth: number,
    out: number,
  ): void;
  descendWords(
    first: number,
    last: number,
    words: number,
    starts: number,
    places: number,
    gradient: number,
    depth: number,
    dimensions: number,
    sum: number,
    squares: number,
    vectors: number,
    zero: number,
    rate: number,
  ): void;
  update(
    weight: number,
    velocity: number,
    gradient: number,
    average: number,
    count: number,
    rate: number,
    momentum: number,
    penalty: number,
    blend: number,
  ): void;
  writeWindows(
    rows: number,
    first: number,
    last: number,
    windows: number,
    filters: number,
    second: number,
    z: number,
  ): void;
  settle(
    word: number,
    windows: number,
    filters: number,
    z: number,
    best: number,
    winner: number,
    bias: number,
    weights: number,
    classes: number,
    sums: number,
    scratch: number,
  ): void;
  withoutEach(
    rows: number,
    zero: number,
    windows: number,
    filters: number,
    second: number,
    z: number,
    best: number,
    winner: number,
    bias: number,
    weights: number,
    classes: number,
    sums: number,
    scratch: number,
    out: number,
  ): void;
  score(
    best: number,
    bias: number,
    filters: number,
    weights: number,
    denseBias: number,
    classes: number,
    sums: number,
  ): void;
  distribute(
    pooled: number,
    winner: number,
    filters: number,
    weights: number,
    classes: number,
    scale: number,
    offset: number,
    factors: number,
    words: number,
    totals: number,
  ): void;
  spread(
    coefficients: number,
    winner: number,
    filters: number,
    weights: number,
    depth: number,
    out: number,
  ): void;
}

/** What another thread needs to work on the same memory. */
export interface KernelHandle {
  /** The compiled kernels. */
  readonly module: WebAssembly.Module;
  /** The memory, shared. */
  readonly memory: WebAssembly.Memory;
  /** One number: how much is handed out, in units of 64 bytes. */
  readonly end: Int32Array;
}

const PAGE = 65536;
const ALIGNMENT = 64;
const MAX_BYTES = 2 ** 32 - PAGE;
let sharedModule: WebAssembly.Module | undefined;
let privateModule: WebAssembly.Module | undefined;

const compile = (base64: string) => new WebAssembly.Module(Uint8Array.fromBase64(base64));

/** Memory that threads can share, of as many pages as the machine lets reserve. */
function sharedMemory(): WebAssembly.Memory | undefined {
  // A page that is not isolated from other origins may share nothing.
  if (typeof SharedArrayBuffer === "undefined") return undefined;
  for (const maximum of [65536, 32768, 16384]) {
    try {
      return new WebAssembly.Memory({ initial: 1, maximum, shared: true });
    } catch {
      // Try less; without any, the memory is private.
    }
  }
  return undefined;
}

/** The compiled kernels on a memory of their own, with room that is handed out and never freed. */
export class Kernels {
  /** The kernels. */
  readonly functions: KernelFunctions;
  /** What another thread needs to join; only where memory can be shared. */
  readonly handle: KernelHandle | undefined;
  readonly #memory: WebAssembly.Memory;
  readonly #end: Int32Array;
  #float32: Float32Array = new Float32Array(0);
  #uint32: Uint32Array = new Uint32Array(0);
  #float64: Float64Array = new Float64Array(0);

  /**
   * Starts the kernels.
   *
   * @param handle The memory of another thread; without one, new memory is made.
   */
  constructor(handle?: KernelHandle) {
    const memory = handle?.memory ?? sharedMemory();
    this.#memory = memory ?? new WebAssembly.Memory({ initial: 1, maximum: 65536 });
    const module = handle?.module ??
      (memory ? sharedModule ??= compile(sharedBinary) : privateModule ??= compile(privateBinary));
    this.#end = handle?.end ??
      (memory ? new Int32Array(new SharedArrayBuffer(4)) : new Int32Array(1));
    if (!handle) this.#end[0] = 1;
    this.handle = memory && { module, memory, end: this.#end };
    const instance = new WebAssembly.Instance(module, { env: { memory: this.#memory } });
    this.functions = instance.exports as unknown as KernelFunctions;
    this.#refreshViews();
  }

  /**
   * Hands out room.
   *
   * @param bytes How much.
   * @returns Its address, a multiple of 64; filled with zeros.
   * @throws {RangeError} If there is not as much.
   */
  allocate(bytes: number): number {
    const units = Math.ceil(bytes / ALIGNMENT);
    const full = () =>
      new RangeError(`Cannot allocate ${bytes} bytes: the memory of the kernels is full`);
    if (this.used + bytes > MAX_BYTES) throw full();
    const address = Atomics.add(this.#end, 0, units) * ALIGNMENT;
    const missing = address + units * ALIGNMENT - this.#memory.buffer.byteLength;
    if (missing > 0) {
      try {
        this.#memory.grow(Math.ceil(missing / PAGE));
      } catch {
        throw full();
      }
    }
    if (address + bytes > this.#float32.byteLength) this.#refreshViews();
    return address;
  }

  /** How many bytes were handed out. */
  get used(): number {
    return Atomics.load(this.#end, 0) * ALIGNMENT;
  }

  /** Looks at the memory anew, since it has grown. */
  #refreshViews(): void {
    const { buffer } = this.#memory;
    this.#float32 = new Float32Array(buffer);
    this.#float64 = new Float64Array(buffer);
    this.#uint32 = new Uint32Array(buffer);
  }

  /**
   * The memory as float32, indexed by address / 4; to be asked for anew after an allocation. It
   * reaches to what this thread allocated last, and to what there was when it joined.
   */
  get float32(): Float32Array {
    return this.#float32;
  }

  /** The memory as float64, indexed by address / 8; to be asked for anew likewise. */
  get float64(): Float64Array {
    return this.#float64;
  }

  /** The memory as whole numbers, indexed by address / 4; to be asked for anew likewise. */
  get uint32(): Uint32Array {
    return this.#uint32;
  }
}
