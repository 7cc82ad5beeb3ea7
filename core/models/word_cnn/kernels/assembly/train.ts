// A step of training, cut into parts that touch only their own filters or their own documents, so
// that the same bytes come out however the parts are shared between threads.

/** y += scale · x. */
export function axpy(scale: v128, x: usize, y: usize, bytes: usize): void {
  for (let d: usize = 0; d < bytes; d += 16) {
    v128.store(y + d, f32x4.add(v128.load(y + d), f32x4.mul(scale, v128.load(x + d))));
  }
}

/**
 * Adds the bias, applies ReLU and the dropout mask: pooled = max(0, best + bias) · mask.
 *
 * @param best Maxima of one document for some filters, without bias; floats.
 * @param bias Biases of these filters.
 * @param mask What each filter is multiplied with; 0 where it is dropped.
 * @param pooled Where the result goes.
 * @param filters Number of filters, a multiple of 4.
 */
export function activate(best: usize, bias: usize, mask: usize, pooled: usize, filters: i32): void {
  const zero = f32x4.splat(0);
  for (let f: usize = 0; f < <usize> filters << 2; f += 16) {
    const z = f32x4.add(v128.load(best + f), v128.load(bias + f));
    v128.store(pooled + f, f32x4.mul(f32x4.max(z, zero), v128.load(mask + f)));
  }
}

/**
 * Dense layer: scores = bias + Σ_f pooled_f · weights_f.
 *
 * @param pooled Shape [filters].
 * @param weights Shape [filters, classes].
 * @param bias Shape [classes].
 * @param scores Where the result goes.
 * @param filters Number of filters.
 * @param classes Padded number of classes, a multiple of 4.
 */
// deno-fmt-ignore
export function dense(
  pooled: usize, weights: usize, bias: usize, scores: usize, filters: i32, classes: i32,
): void {
  const bytes = <usize>classes << 2;
  memory.copy(scores, bias, bytes);
  for (let f: i32 = 0; f < filters; f++) {
    const value = load<f32>(pooled + (<usize>f << 2));
    if (value != 0) axpy(f32x4.splat(value), weights, scores, bytes);
    weights += bytes;
  }
}

/**
 * Gradient by the pre-activations: (weights_f · scoreGradient) · mask where the filter is active.
 *
 * @param scoreGradient Shape [classes], zero in the padding.
 * @param weights Shape [filters, classes].
 * @param pooled Shape [filters]; zero where the filter is not active.
 * @param mask Shape [filters].
 * @param gradient Where the result goes, shape [filters].
 * @param filters Number of filters.
 * @param classes Padded number of classes, a multiple of 4.
 */
// deno-fmt-ignore
export function denseBackward(
  scoreGradient: usize, weights: usize, pooled: usize, mask: usize, gradient: usize,
  filters: i32, classes: i32,
): void {
  const bytes = <usize>classes << 2;
  for (let f: usize = 0; f < <usize>filters << 2; f += 4) {
    let result: f32 = 0;
    if (load<f32>(pooled + f) > 0) {
      let sums = f32x4.splat(0);
      for (let c: usize = 0; c < bytes; c += 16) {
        sums = f32x4.add(sums, f32x4.mul(v128.load(weights + c), v128.load(scoreGradient + c)));
      }
      result = f32x4.extract_lane(sums, 0) + f32x4.extract_lane(sums, 1) +
        f32x4.extract_lane(sums, 2) + f32x4.extract_lane(sums, 3);
      result *= load<f32>(mask + f);
    }
    store<f32>(gradient + f, result);
    weights += bytes;
  }
}

/**
 * Gradients of some filters over the documents of a batch, added in the order of the documents:
 * of a filter (the words of the window it won on), its bias, and its dense weights.
 *
 * @param documents Number of documents.
 * @param first First filter.
 * @param last Behind the last filter.
 * @param stride Filters a document has in `gradient`, `winner` and `pooled`.
 * @param gradient By the pre-activations, shape [documents, stride].
 * @param winner Winning windows, shape [documents, stride].
 * @param pooled Shape [documents, stride].
 * @param texts Address of each document's word vector addresses.
 * @param depth Padded dimensions, a multiple of 4.
 * @param scoreGradient Shape [documents, classes].
 * @param classes Padded number of classes.
 * @param filterGradient Result, shape [filters, slots, depth].
 * @param biasGradient Result, shape [filters].
 * @param denseGradient Result, shape [filters, classes].
 * @param slots How many words there is room for in a filter.
 * @param width How many words these filters span.
 */
// deno-fmt-ignore
export function accumulate(
  documents: i32, first: i32, last: i32, stride: i32,
  gradient: usize, winner: usize, pooled: usize, texts: usize, depth: i32,
  scoreGradient: usize, classes: i32,
  filterGradient: usize, biasGradient: usize, denseGradient: usize, slots: i32, width: i32,
): void {
  const depthBytes = <usize>depth << 2, classBytes = <usize>classes << 2;
  for (let f = <usize>first; f < <usize>last; f++) {
    const filter = filterGradient + f * depthBytes * slots;
    const weights = denseGradient + f * classBytes;
    memory.fill(filter, 0, depthBytes * slots);
    memory.fill(weights, 0, classBytes);
    let bias: f32 = 0;
    for (let i: usize = 0; i < <usize>documents; i++) {
      const at = (i * <usize>stride + f) << 2;
      const value = load<f32>(pooled + at);
      if (value == 0) continue;
      axpy(f32x4.splat(value), scoreGradient + i * classBytes, weights, classBytes);
      const slope = load<f32>(gradient + at);
      if (slope == 0) continue;
      bias += slope;
      const word = <usize>load<u32>(texts + (i << 2)) + (<usize>load<u32>(winner + at) << 2);
      const scale = f32x4.splat(slope);
      for (let k: usize = 0; k < <usize>width; k++) {
        axpy(scale, <usize>load<u32>(word + (k << 2)), filter + k * depthBytes, depthBytes);
      }
    }
    store<f32>(biasGradient + (f << 2), bias);
  }
}

/**
 * Stochastic gradient descent with momentum and an L2 penalty:
 * velocity = momentum · velocity + gradient + penalty · weight; weight −= rate · velocity;
 * average += blend · (weight − average).
 *
 * @param weight The weights.
 * @param velocity Their velocities.
 * @param gradient Their gradients.
 * @param average Their running averages.
 * @param count How many, a multiple of 4.
 * @param rate Learning rate.
 * @param momentum Momentum.
 * @param penalty L2 penalty.
 * @param blend How far the average moves; 0 leaves it alone.
 */
// deno-fmt-ignore
export function update(
  weight: usize, velocity: usize, gradient: usize, average: usize, count: i32,
  rate: f32, momentum: f32, penalty: f32, blend: f32,
): void {
  const r = f32x4.splat(rate), m = f32x4.splat(momentum), l = f32x4.splat(penalty);
  const k = f32x4.splat(blend);
  for (let i: usize = 0; i < <usize>count << 2; i += 16) {
    let w = v128.load(weight + i);
    let v = f32x4.add(f32x4.mul(m, v128.load(velocity + i)), v128.load(gradient + i));
    v = f32x4.add(v, f32x4.mul(l, w));
    v128.store(velocity + i, v);
    w = f32x4.sub(w, f32x4.mul(r, v));
    v128.store(weight + i, w);
    if (blend > 0) {
      const a = v128.load(average + i);
      v128.store(average + i, f32x4.add(a, f32x4.mul(k, f32x4.sub(w, a))));
    }
  }
}
