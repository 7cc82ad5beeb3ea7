import type { Kernels } from "./kernels/mod.ts";

/** A piece of the kernels' memory that grows when more is asked for. */
export class ScratchBuffer {
  #address = 0;
  #bytes = 0;

  /** Its address, with room for as many bytes; what was in it is lost when it has to grow. */
  take(kernels: Kernels, bytes: number): number {
    if (bytes > this.#bytes) {
      this.#bytes = Math.max(bytes, 2 * this.#bytes);
      this.#address = kernels.allocate(this.#bytes);
    }
    return this.#address;
  }
}
