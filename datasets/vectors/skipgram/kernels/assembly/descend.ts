import { dots } from "./dots";
import { sigmoid } from "./sigmoid";
import { step } from "./step";

/** Turns products into what each pair moves its two rows by: rate · (label − σ(product)). */
// deno-fmt-ignore

function slopes(products: usize, width: usize, n: u32, m: u32, rate: f32): void {
  const scale = f32x4.splat(-rate);
  const mBytes = <usize>m << 2;
  const end = products + width * <usize>n;
  for (let row = products; row < end; row += width) {
    for (let j: usize = 0; j < mBytes; j += 16) {
      v128.store(row + j, f32x4.mul(scale, sigmoid(v128.load(row + j))));
    }
    store<f32>(row, load<f32>(row) + rate);
  }
}

/**
 * Learns from groups, one after the other. All of a group's gradients are taken at the same weights.
 *
 * @param groups The groups, as `plan` leaves them.
 * @param count How many.
 * @param bytes Bytes of a row.
 * @param rate Learning rate.
 * @param products Room for the products of the largest group.
 * @param width Bytes of a row of products, a multiple of 16; room for at least m + 1.
 * @param fresh Room for m rows.
 */
// deno-fmt-ignore
export function descend(
  groups: usize, count: u32, bytes: usize, rate: f32, products: usize, width: usize, fresh: usize,
): void {
  for (let i: u32 = 0; i < count; i++) {
    const n = load<u32>(groups), m = load<u32>(groups, 4);
    const realN = load<u32>(groups, 8), realM = load<u32>(groups, 12);
    const contexts = groups + 16;
    const outputs = contexts + (<usize>n << 2);
    dots(contexts, n, outputs, m, bytes, products, width);
    slopes(products, width, realN, realM, rate);
    // Rows that fill up the group move nothing.
    if (realN != n) memory.fill(products + width * <usize>realN, 0, width * <usize>(n - realN));
    if (realM != m) {
      const from = <usize>realM << 2;
      for (let row: usize = 0; row < width * <usize>n; row += width) {
        memory.fill(products + row + from, 0, (<usize>m << 2) - from);
      }
    }
    step(contexts, n, outputs, m, bytes, products, width, fresh);
    groups = outputs + (<usize>m << 2);
  }
}
