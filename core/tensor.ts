/** The two element types of the numerical code: float32 for speed, float64 for reference. */
export type FloatArray = Float32Array | Float64Array;

/** A dense row-major array of numbers. */
export interface Tensor {
  /** Sizes, outermost first. */
  readonly shape: readonly number[];
  /** The elements, row-major. */
  readonly data: FloatArray;
}

/**
 * Makes a tensor over existing numbers.
 *
 * @param data The elements, row-major; kept, not copied.
 * @param shape The sizes.
 * @returns The tensor.
 * @throws {RangeError} If the sizes do not multiply to the number of elements.
 *
 * @example
 * ```ts
 * import { tensor } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(tensor(new Float64Array(6), [2, 3]).shape, [2, 3]);
 * ```
 */
export function tensor(data: FloatArray, shape: readonly number[]): Tensor {
  const size = shape.reduce((product, n) => product * n, 1);
  if (size !== data.length) {
    throw new RangeError(`Cannot shape ${data.length} numbers as [${shape.join(", ")}]`);
  }
  return { shape, data };
}

/**
 * Allocates zeros of the same element type as another array.
 *
 * @param like The array whose element type is taken.
 * @param length How many numbers.
 * @returns The zeros.
 */
export function zerosLike(like: FloatArray, length: number): FloatArray {
  return like instanceof Float64Array ? new Float64Array(length) : new Float32Array(length);
}
