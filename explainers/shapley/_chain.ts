/**
 * A chain of words that are each in or out at random, and windows of K neighbours of which some
 * states are forbidden. It keeps the chance P that no window is in a forbidden state, and adds up,
 * over many sets of forbidden states, how P depends on each word. A state of a window has a bit for
 * each word, 1 for in, the first word the highest.
 */
export interface Chain {
  /** Starts anew, with nothing forbidden: each word that `varies` is in with chance p, others out. */
  start(p: number, varies: Uint8Array): void;
  /** Forbids a state of the window that ends in word j. */
  forbid(j: number, state: number): void;
  /** The chance that no window is in a forbidden state. */
  readonly probability: number;
  /** Adds weight · (P given each word out − P given it in) to the influences. */
  accumulate(weight: number): void;
  /** Brings the influences up to date. */
  finish(): void;
  /** Σ weight · (P given word j out − P given word j in). */
  readonly influence: Float64Array;
}
