/**
 * A step of Adam (Kingma and Ba 2015): m and v are running means of the gradient and of its square;
 * w −= rate · m / (√v + ε), with what corrects both means for their start in rate and ε.
 *
 * @param weight The weights.
 * @param mean m.
 * @param square v.
 * @param gradient The gradient.
 * @param count How many, a multiple of 4.
 * @param scale What the gradient is multiplied by, to clip it.
 * @param rate The rate, corrected.
 * @param epsilon ε, corrected.
 * @param beta1 Memory of m.
 * @param beta2 Memory of v.
 */
// deno-fmt-ignore
export function adam(
  weight: usize, mean: usize, square: usize, gradient: usize, count: i32,
  scale: f32, rate: f32, epsilon: f32, beta1: f32, beta2: f32,
): void {
  const s = f32x4.splat(scale), r = f32x4.splat(rate), e = f32x4.splat(epsilon);
  const b1 = f32x4.splat(beta1), b2 = f32x4.splat(beta2);
  const a1 = f32x4.splat(1 - beta1), a2 = f32x4.splat(1 - beta2);
  for (let i: usize = 0; i < <usize>count << 2; i += 16) {
    const g = f32x4.mul(s, v128.load(gradient + i));
    const m = f32x4.add(f32x4.mul(b1, v128.load(mean + i)), f32x4.mul(a1, g));
    const v = f32x4.add(f32x4.mul(b2, v128.load(square + i)), f32x4.mul(a2, f32x4.mul(g, g)));
    v128.store(mean + i, m);
    v128.store(square + i, v);
    const step = f32x4.div(f32x4.mul(r, m), f32x4.add(f32x4.sqrt(v), e));
    v128.store(weight + i, f32x4.sub(v128.load(weight + i), step));
  }
}
