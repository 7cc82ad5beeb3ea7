import type { Chain } from "./_chain.ts";

/**
 * The {@linkcode Chain} of windows of two words.
 *
 * P is a product of 2×2 matrices, M_j[y][x] = allowed(word j−1 in state y, word j in x) · chance(x),
 * held in a segment tree. Forbidding a state changes one leaf and the products above it. The
 * derivatives of P by a node's matrix are added up lazily: they are handed to the children only
 * when a product below is about to change, so that each step costs O(log T) and not O(T).
 */
export class PairChain implements Chain {
  readonly #depth: number;
  readonly #leaves: number;
  readonly #length: number;
  /** Products, four numbers a node: [0→0, 0→1, 1→0, 1→1]; node 1 is the root. */
  readonly #products: Float64Array;
  /** Sums of weight · ∂P/∂product not yet handed down, four numbers a node. */
  readonly #pending: Float64Array;
  /** 1 for a state of (word j − 1, word j) that is allowed, four numbers a word. */
  readonly #allowed: Float64Array;
  /** The chances to be out and in, two numbers a word. */
  readonly #chances: Float64Array;
  /** Σ weight · (P given word j out − P given word j in). */
  readonly influence: Float64Array;

  /** Makes a chain of some length, to be started before use. */
  constructor(length: number) {
    this.#length = length;
    this.#depth = Math.ceil(Math.log2(Math.max(2, length)));
    this.#leaves = 2 ** this.#depth;
    this.#products = new Float64Array(8 * this.#leaves);
    this.#pending = new Float64Array(8 * this.#leaves);
    this.#allowed = new Float64Array(4 * length);
    this.#chances = new Float64Array(2 * length);
    this.influence = new Float64Array(length);
  }

  /** Starts anew, with nothing forbidden: each word that `varies` is in with chance p, others out. */
  start(p: number, varies: Uint8Array): void {
    this.#allowed.fill(1);
    this.#pending.fill(0);
    this.influence.fill(0);
    for (let j = 0; j < this.#leaves; j++) {
      if (j < this.#length) {
        this.#chances[2 * j] = varies[j] ? 1 - p : 1;
        this.#chances[2 * j + 1] = varies[j] ? p : 0;
        this.#setLeaf(j);
      } else {
        this.#products.set([1, 0, 0, 1], 4 * (this.#leaves + j));
      }
    }
    for (let node = this.#leaves - 1; node >= 1; node--) this.#multiply(node);
  }

  /** The chance that no window is in a forbidden state. */
  get probability(): number {
    return this.#products[4]! + this.#products[5]!;
  }

  /** Adds weight · (P given each word out − P given it in) to the influences. */
  accumulate(weight: number): void {
    // The chain begins in state 0 and may end in either.
    this.#pending[4]! += weight;
    this.#pending[5]! += weight;
  }

  /** Forbids a state (0 to 3: 2 · left in + right in) of the window of words j − 1 and j. */
  forbid(j: number, state: number): void {
    const leaf = this.#leaves + j;
    for (let shift = this.#depth; shift > 0; shift--) this.#handDown(leaf >> shift);
    this.#harvest(j);
    this.#allowed[4 * j + state] = 0;
    this.#setLeaf(j);
    for (let node = leaf >> 1; node >= 1; node >>= 1) this.#multiply(node);
  }

  /** Brings the influences up to date. */
  finish(): void {
    for (let node = 1; node < this.#leaves; node++) this.#handDown(node);
    for (let j = 0; j < this.#length; j++) this.#harvest(j);
  }

  #setLeaf(j: number): void {
    const at = 4 * (this.#leaves + j);
    const out = this.#chances[2 * j]!;
    const within = this.#chances[2 * j + 1]!;
    this.#products[at] = this.#allowed[4 * j]! * out;
    this.#products[at + 1] = this.#allowed[4 * j + 1]! * within;
    // The first word has no left neighbour; the chain begins in state 0.
    this.#products[at + 2] = j === 0 ? 0 : this.#allowed[4 * j + 2]! * out;
    this.#products[at + 3] = j === 0 ? 0 : this.#allowed[4 * j + 3]! * within;
  }

  #harvest(j: number): void {
    const g = this.#pending;
    const at = 4 * (this.#leaves + j);
    const a = this.#allowed;
    this.influence[j]! += g[at]! * a[4 * j]! - g[at + 1]! * a[4 * j + 1]! +
      g[at + 2]! * a[4 * j + 2]! - g[at + 3]! * a[4 * j + 3]!;
    g[at] =
      g[at + 1] =
      g[at + 2] =
      g[at + 3] =
        0;
  }

  #multiply(node: number): void {
    const m = this.#products;
    const at = 4 * node;
    const l = 8 * node;
    const r = l + 4;
    m[at] = m[l]! * m[r]! + m[l + 1]! * m[r + 2]!;
    m[at + 1] = m[l]! * m[r + 1]! + m[l + 1]! * m[r + 3]!;
    m[at + 2] = m[l + 2]! * m[r]! + m[l + 3]! * m[r + 2]!;
    m[at + 3] = m[l + 2]! * m[r + 1]! + m[l + 3]! * m[r + 3]!;
  }

  #handDown(node: number): void {
    const m = this.#products;
    const g = this.#pending;
    const at = 4 * node;
    const g0 = g[at]!;
    const g1 = g[at + 1]!;
    const g2 = g[at + 2]!;
    const g3 = g[at + 3]!;
    if (g0 === 0 && g1 === 0 && g2 === 0 && g3 === 0) return;
    const l = 8 * node;
    const r = l + 4;
    // By the left factor: G Rᵀ; by the right one: Lᵀ G.
    g[l]! += g0 * m[r]! + g1 * m[r + 1]!;
    g[l + 1]! += g0 * m[r + 2]! + g1 * m[r + 3]!;
    g[l + 2]! += g2 * m[r]! + g3 * m[r + 1]!;
    g[l + 3]! += g2 * m[r + 2]! + g3 * m[r + 3]!;
    g[r]! += m[l]! * g0 + m[l + 2]! * g2;
    g[r + 1]! += m[l]! * g1 + m[l + 2]! * g3;
    g[r + 2]! += m[l + 1]! * g0 + m[l + 3]! * g2;
    g[r + 3]! += m[l + 1]! * g1 + m[l + 3]! * g3;
    g[at] =
      g[at + 1] =
      g[at + 2] =
      g[at + 3] =
        0;
  }
}
