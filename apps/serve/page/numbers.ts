/** A number with its sign and three digits, e.g. `+0.42` or `−4.5e-7`. */
export function signed(value: number): string {
  return value > 0 ? `+${shown(value)}` : shown(value);
}

/** A number with three digits and a typographic minus. */
export function shown(value: number): string {
  const size = Math.abs(value);
  const digits = size === 0
    ? "0"
    : size >= 100 && size < 1e5
    ? size.toFixed(0)
    : size >= 1e-3 && size < 100
    ? size.toFixed(size >= 10 ? 1 : size >= 0.1 ? 2 : 3)
    : size.toExponential(1);
  return value < 0 ? `−${digits}` : digits;
}

/** The probabilities that softmax makes of scores. */
export function softmax(scores: ArrayLike<number>): Float64Array {
  const values = Float64Array.from(scores);
  const most = values.reduce((a, b) => Math.max(a, b), -Infinity);
  const powers = values.map((value) => Math.exp(value - most));
  const sum = powers.reduce((a, b) => a + b, 0);
  return powers.map((power) => power / sum);
}

/** A probability, e.g. `93 %` or `< 1 %`. */
export function percent(share: number): string {
  const value = 100 * share;
  if (value > 0 && value < 0.5) return "<1 %";
  return `${value > 99.4 && value < 100 ? ">99" : Math.round(value)} %`;
}

/** A count with its noun, e.g. `1 word`, `1,200 words`. */
export function counted(count: number, one: string, many = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : many}`;
}

/** The classes by falling score. */
export function ranking(scores: ArrayLike<number>): number[] {
  return Array.from(scores, (_, c) => c).sort((a, b) => scores[b]! - scores[a]!);
}
