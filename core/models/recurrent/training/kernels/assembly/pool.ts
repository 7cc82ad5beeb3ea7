/**
 * Keeps the larger of two numbers each, and at which step it was met; of equals the first.
 *
 * @param state What is new, [units].
 * @param best The largest so far, [units].
 * @param winner Where they were met, [units]; whole numbers.
 * @param step This step; at step 0 there is nothing before.
 * @param units How many units, a multiple of 4.
 */
// deno-fmt-ignore
export function largest(state: usize, best: usize, winner: usize, step: i32, units: i32): void {
  const now = i32x4.splat(step);
  for (let i: usize = 0; i < <usize>units << 2; i += 16) {
    const value = v128.load(state + i), old = v128.load(best + i);
    const isNew = step == 0 ? i32x4.splat(-1) : f32x4.gt(value, old);
    v128.store(best + i, v128.bitselect(value, old, isNew));
    v128.store(winner + i, v128.bitselect(now, v128.load(winner + i), isNew));
  }
}

/**
 * Adds numbers where a maximum was met at this step.
 *
 * @param values What is added, [units].
 * @param winner Where the maxima were met, [units].
 * @param step This step.
 * @param out What is added to, [units].
 * @param units How many units, a multiple of 4.
 */
// deno-fmt-ignore
export function addAtWinners(values: usize, winner: usize, step: i32, out: usize, units: i32): void {
  const now = i32x4.splat(step);
  for (let i: usize = 0; i < <usize>units << 2; i += 16) {
    const here = i32x4.eq(v128.load(winner + i), now);
    v128.store(out + i, f32x4.add(v128.load(out + i), v128.and(v128.load(values + i), here)));
  }
}

/**
 * out += scale · values.
 *
 * @param values What is added, [units].
 * @param scale What it is multiplied by.
 * @param out What is added to, [units].
 * @param units How many units, a multiple of 4.
 */
export function addScaled(values: usize, scale: f32, out: usize, units: i32): void {
  const s = f32x4.splat(scale);
  for (let i: usize = 0; i < <usize>units << 2; i += 16) {
    v128.store(out + i, f32x4.add(v128.load(out + i), f32x4.mul(s, v128.load(values + i))));
  }
}
