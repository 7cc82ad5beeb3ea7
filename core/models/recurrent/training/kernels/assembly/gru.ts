import { sigmoid, sigmoidSlope, tanh, tanhSlope } from "./functions";

/**
 * A step of a GRU for some texts: gates in the order z, r, n, first what the words add, then what the
 * states add; n = tanh(x + r · v); h = z · h₋ + (1 − z) · n.
 *
 * @param gates Pre-activations; of the words' part become z, r and n, [rows, 2, 3, units].
 * @param stride From one row of gates to the next.
 * @param before h₋, [rows, units].
 * @param beforeStride From one row of it to the next.
 * @param state Where h goes, [rows, units].
 * @param rows How many texts.
 * @param units How many units, a multiple of 4.
 */
// deno-fmt-ignore
export function gruForward(
  gates: usize, stride: usize, before: usize, beforeStride: usize, state: usize, rows: i32, units: i32,
): void {
  const size = <usize>units << 2;
  let at: usize = 0;
  for (let m = 0; m < rows; m++) {
    let last = before;
    for (let x = gates, end = gates + size; x < end; x += 16) {
      const z = sigmoid(f32x4.add(v128.load(x), v128.load(x + 3 * size)));
      const r = sigmoid(f32x4.add(v128.load(x + size), v128.load(x + 4 * size)));
      const n = tanh(f32x4.add(v128.load(x + 2 * size), f32x4.mul(r, v128.load(x + 5 * size))));
      v128.store(x, z); v128.store(x + size, r); v128.store(x + 2 * size, n);
      const other = f32x4.mul(f32x4.sub(f32x4.splat(1), z), n);
      v128.store(state + at, f32x4.add(f32x4.mul(z, v128.load(last)), other));
      at += 16;
      last += 16;
    }
    gates += stride;
    before += beforeStride;
  }
}

/**
 * The gradient of a step: of the pre-activations, in the place of the gates.
 *
 * @param gates The gates, which become the gradients of both parts, [rows, 2, 3, units].
 * @param stride From one row of gates to the next.
 * @param before h₋, [rows, units].
 * @param beforeStride From one row of it to the next.
 * @param state The gradient of h, which becomes that of h₋ but for what goes through the gates.
 * @param rows How many texts.
 * @param units How many units, a multiple of 4.
 */
// deno-fmt-ignore
export function gruBackward(
  gates: usize, stride: usize, before: usize, beforeStride: usize, state: usize, rows: i32, units: i32,
): void {
  const size = <usize>units << 2;
  let at: usize = 0;
  for (let m = 0; m < rows; m++) {
    let last = before;
    for (let x = gates, end = gates + size; x < end; x += 16) {
      const z = v128.load(x), r = v128.load(x + size), n = v128.load(x + 2 * size);
      const h = v128.load(state + at);
      const other = f32x4.sub(f32x4.splat(1), z);
      const dn = f32x4.mul(f32x4.mul(h, other), tanhSlope(n));
      const dz = f32x4.mul(f32x4.mul(h, f32x4.sub(v128.load(last), n)), sigmoidSlope(z));
      const dr = f32x4.mul(f32x4.mul(dn, v128.load(x + 5 * size)), sigmoidSlope(r));
      v128.store(x, dz); v128.store(x + size, dr); v128.store(x + 2 * size, dn);
      v128.store(x + 3 * size, dz); v128.store(x + 4 * size, dr);
      v128.store(x + 5 * size, f32x4.mul(dn, r));
      v128.store(state + at, f32x4.mul(h, z));
      at += 16;
      last += 16;
    }
    gates += stride;
    before += beforeStride;
  }
}
