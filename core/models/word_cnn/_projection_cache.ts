import type { Kernels } from "./kernels/mod.ts";

const NONE = -1;

/** What another thread needs to use the same cache. */
export interface CacheHandle {
  /** For each word, its slot; −1 for none; below, −2 − the slot that is being filled. Shared. */
  readonly slots: Int32Array;
  /** One number: how many slots were given away. Shared. */
  readonly taken: Int32Array;
  /** Address of the first slot. */
  readonly address: number;
  /** How many slots there are. */
  readonly capacity: number;
}

/**
 * Keeps the projections of words, at most as many as there are slots: first come, first served, so
 * frequent words are in it sooner than rare ones. Threads can share it.
 */
export class ProjectionCache {
  readonly handle: CacheHandle;
  readonly #rowBytes: number;

  /**
   * Makes a cache.
   *
   * @param kernels Where the slots are.
   * @param rowBytes Size of a slot.
   * @param words Size of the vocabulary.
   * @param limit Most memory for slots, in bytes.
   */
  static make(kernels: Kernels, rowBytes: number, words: number, limit: number): ProjectionCache {
    const capacity = Math.max(0, Math.min(words, Math.floor(limit / rowBytes)));
    const buffer = (length: number) =>
      kernels.handle ? new SharedArrayBuffer(4 * length) : new ArrayBuffer(4 * length);
    return new ProjectionCache({
      slots: new Int32Array(buffer(words)).fill(NONE),
      taken: new Int32Array(buffer(1)),
      address: kernels.allocate(capacity * rowBytes),
      capacity,
    }, rowBytes);
  }

  constructor(handle: CacheHandle, rowBytes: number) {
    this.handle = handle;
    this.#rowBytes = rowBytes;
  }

  #addressOf(slot: number): number {
    return this.handle.address + slot * this.#rowBytes;
  }

  /** The address of a word's projection, or −1 when it is not there. */
  find(row: number): number {
    const slot = Atomics.load(this.handle.slots, row);
    return slot < 0 ? -1 : this.#addressOf(slot);
  }

  /** The address of a slot for a word to be filled, or −1 when there is none, or another fills it. */
  claim(row: number): number {
    const { slots, taken, capacity } = this.handle;
    if (Atomics.load(slots, row) !== NONE || Atomics.load(taken, 0) >= capacity) return -1;
    const slot = Atomics.add(taken, 0, 1);
    if (slot >= capacity) return -1;
    // A slot that another thread was quicker with stays empty.
    if (Atomics.compareExchange(slots, row, NONE, -2 - slot) !== NONE) return -1;
    return this.#addressOf(slot);
  }

  /** Makes a claimed slot known, once it is filled. */
  publish(row: number): void {
    const { slots } = this.handle;
    Atomics.store(slots, row, -2 - Atomics.load(slots, row));
  }
}
