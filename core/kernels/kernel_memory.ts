/** Kernels in WebAssembly, compiled for both kinds of memory, as base64. */
export interface KernelBinaries {
  /** For memory that threads share. */
  readonly shared: string;
  /** For memory of one thread. */
  readonly private: string;
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
const compiled = new Map<string, WebAssembly.Module>();

function compile(base64: string): WebAssembly.Module {
  let module = compiled.get(base64);
  if (!module) compiled.set(base64, module = new WebAssembly.Module(Uint8Array.fromBase64(base64)));
  return module;
}

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

/** Compiled kernels F on a memory of their own, with room that is handed out and never freed. */
export class KernelMemory<F> {
  /** The kernels. */
  readonly functions: F;
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
   * @param binaries The kernels.
   * @param handle The memory of another thread; without one, new memory is made.
   */
  constructor(binaries: KernelBinaries, handle?: KernelHandle) {
    const memory = handle?.memory ?? sharedMemory();
    this.#memory = memory ?? new WebAssembly.Memory({ initial: 1, maximum: 65536 });
    const module = handle?.module ?? compile(memory ? binaries.shared : binaries.private);
    this.#end = handle?.end ??
      (memory ? new Int32Array(new SharedArrayBuffer(4)) : new Int32Array(1));
    if (!handle) this.#end[0] = 1;
    this.handle = memory && { module, memory, end: this.#end };
    const instance = new WebAssembly.Instance(module, { env: { memory: this.#memory } });
    this.functions = instance.exports as unknown as F;
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
