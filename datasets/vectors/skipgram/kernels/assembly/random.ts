// The generator of core/random.ts (mulberry32).

let state: u32 = 0;

/** Starts the generator. */
export function seed(start: u32): void {
  state = start;
}

/** The next 32 random bits. */
export function bits(): u32 {
  state += 0x6d2b79f5;
  let t = state;
  t = (t ^ (t >>> 15)) * (t | 1);
  t ^= t + (t ^ (t >>> 7)) * (t | 61);
  return t ^ (t >>> 14);
}

/** A whole number from 0 to `bound` − 1. */

export function below(bound: u32): u32 {
  return <u32> ((<u64> bits() * <u64> bound) >> 32);
}
