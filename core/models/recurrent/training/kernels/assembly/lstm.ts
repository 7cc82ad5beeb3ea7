import { sigmoid, sigmoidSlope, tanh, tanhSlope } from "./functions";

/**
 * A step of an LSTM for some texts: gates in the order i, f, c, o; c = f · c₋ + i · g; h = o · tanh c.
 *
 * @param gates Pre-activations, which become what the gates are, [rows, 4, units].
 * @param stride From one row of gates to the next.
 * @param before c₋, [rows, units].
 * @param beforeStride From one row of it to the next.
 * @param shown Where tanh c goes, [rows, units].
 * @param cell Where c goes, [rows, units].
 * @param state Where h goes, [rows, units].
 * @param rows How many texts.
 * @param units How many units, a multiple of 4.
 */
// deno-fmt-ignore
export function lstmForward(
  gates: usize, stride: usize, before: usize, beforeStride: usize, shown: usize, cell: usize, state: usize,
  rows: i32, units: i32,
): void {
  const size = <usize>units << 2;
  let at: usize = 0;
  for (let m = 0; m < rows; m++) {
    let last = before;
    for (let x = gates, end = gates + size; x < end; x += 16) {
      const i = sigmoid(v128.load(x));
      const f = sigmoid(v128.load(x + size));
      const g = tanh(v128.load(x + 2 * size));
      const o = sigmoid(v128.load(x + 3 * size));
      v128.store(x, i); v128.store(x + size, f); v128.store(x + 2 * size, g); v128.store(x + 3 * size, o);
      const c = f32x4.add(f32x4.mul(f, v128.load(last)), f32x4.mul(i, g));
      const y = tanh(c);
      v128.store(cell + at, c);
      v128.store(shown + at, y);
      v128.store(state + at, f32x4.mul(o, y));
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
 * @param gates The gates, which become the gradients, [rows, 4, units].
 * @param stride From one row of gates to the next.
 * @param before c₋, [rows, units].
 * @param beforeStride From one row of it to the next.
 * @param shown tanh c, [rows, units].
 * @param cell The gradient of c by later steps, which becomes that of c₋, [rows, units].
 * @param state The gradient of h; set to zero.
 * @param rows How many texts.
 * @param units How many units, a multiple of 4.
 */
// deno-fmt-ignore
export function lstmBackward(
  gates: usize, stride: usize, before: usize, beforeStride: usize, shown: usize, cell: usize, state: usize,
  rows: i32, units: i32,
): void {
  const size = <usize>units << 2;
  let at: usize = 0;
  for (let m = 0; m < rows; m++) {
    let last = before;
    for (let x = gates, end = gates + size; x < end; x += 16) {
      const i = v128.load(x), f = v128.load(x + size);
      const g = v128.load(x + 2 * size), o = v128.load(x + 3 * size);
      const y = v128.load(shown + at);
      const h = v128.load(state + at);
      const c = f32x4.add(v128.load(cell + at), f32x4.mul(f32x4.mul(h, o), tanhSlope(y)));
      v128.store(x, f32x4.mul(f32x4.mul(c, g), sigmoidSlope(i)));
      v128.store(x + size, f32x4.mul(f32x4.mul(c, v128.load(last)), sigmoidSlope(f)));
      v128.store(x + 2 * size, f32x4.mul(f32x4.mul(c, i), tanhSlope(g)));
      v128.store(x + 3 * size, f32x4.mul(f32x4.mul(h, y), sigmoidSlope(o)));
      v128.store(cell + at, f32x4.mul(c, f));
      v128.store(state + at, f32x4.splat(0));
      at += 16;
      last += 16;
    }
    gates += stride;
    before += beforeStride;
  }
}
