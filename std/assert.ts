/**
 * Stand-in for `@std/assert`: the assertions this project uses, with that package's signatures,
 * over `node:assert`. See the README for the lines of `deno.json` that switch to the package itself.
 *
 * @module
 */
import nodeAssert from "node:assert";
import { isDeepStrictEqual } from "node:util";

/** Thrown when an assertion fails. */
export class AssertionError extends Error {
  override name = "AssertionError";
}

function run(check: () => void, message?: string): void {
  try {
    check();
  } catch (error) {
    const found = error instanceof Error ? error.message : String(error);
    throw new AssertionError(message === undefined ? found : `${found}: ${message}`);
  }
}

// deno-lint-ignore no-explicit-any
type ErrorClass<E extends Error> = abstract new (...args: any[]) => E;

/** Asserts that `expr` is truthy. */
export function assert(expr: unknown, message = ""): asserts expr {
  if (!expr) throw new AssertionError(message || "Expected a truthy value");
}

/** Asserts that `expr` is falsy. */
export function assertFalse(expr: unknown, message = ""): void {
  if (expr) throw new AssertionError(message || "Expected a falsy value");
}

/** Fails at once. */
export function fail(message?: string): never {
  throw new AssertionError(`Failed assertion${message ? `: ${message}` : "."}`);
}

/** Whether two values are deeply equal. */
export function equal(a: unknown, b: unknown): boolean {
  return isDeepStrictEqual(a, b);
}

/** Asserts that two values are deeply equal. */
export function assertEquals<T>(actual: T, expected: T, message?: string): void {
  run(() => nodeAssert.deepStrictEqual(actual, expected), message);
}

/** Asserts that two values are not deeply equal. */
export function assertNotEquals<T>(actual: T, expected: T, message?: string): void {
  run(() => nodeAssert.notDeepStrictEqual(actual, expected), message);
}

/** Asserts that two values are the same by `Object.is`. */
export function assertStrictEquals<T>(
  actual: unknown,
  expected: T,
  message?: string,
): asserts actual is T {
  run(() => nodeAssert.strictEqual(actual, expected), message);
}

/** Asserts that a value is neither `null` nor `undefined`. */
export function assertExists<T>(actual: T, message?: string): asserts actual is NonNullable<T> {
  if (actual === undefined || actual === null) {
    throw new AssertionError(message ?? `Expected a value, found ${actual}`);
  }
}

/**
 * Asserts that two numbers differ by at most `tolerance`, by default 1e-7 of the expected value
 * (at least 1e-7 when that is zero).
 */
export function assertAlmostEquals(
  actual: number,
  expected: number,
  tolerance?: number,
  message?: string,
): void {
  if (Object.is(actual, expected)) return;
  const allowed = tolerance ?? (Number.isFinite(expected) ? Math.abs(expected * 1e-7) : 1e-7);
  const delta = Math.abs(expected - actual);
  if (delta <= allowed) return;
  throw new AssertionError(
    `Expected actual: ${actual} to be close to expected: ${expected}: ` +
      `delta ${delta} is greater than ${allowed}${message ? `: ${message}` : ""}`,
  );
}

/** Asserts that `actual > expected`. */
export function assertGreater<T>(actual: T, expected: T, message?: string): void {
  if (!(actual > expected)) throw new AssertionError(message ?? `Expect ${actual} > ${expected}`);
}

/** Asserts that `actual >= expected`. */
export function assertGreaterOrEqual<T>(actual: T, expected: T, message?: string): void {
  if (!(actual >= expected)) throw new AssertionError(message ?? `Expect ${actual} >= ${expected}`);
}

/** Asserts that `actual < expected`. */
export function assertLess<T>(actual: T, expected: T, message?: string): void {
  if (!(actual < expected)) throw new AssertionError(message ?? `Expect ${actual} < ${expected}`);
}

/** Asserts that `actual <= expected`. */
export function assertLessOrEqual<T>(actual: T, expected: T, message?: string): void {
  if (!(actual <= expected)) throw new AssertionError(message ?? `Expect ${actual} <= ${expected}`);
}

/** Asserts that a string matches a regular expression. */
export function assertMatch(actual: string, expected: RegExp, message?: string): void {
  run(() => nodeAssert.match(actual, expected), message);
}

/** Asserts that a string does not match a regular expression. */
export function assertNotMatch(actual: string, expected: RegExp, message?: string): void {
  run(() => nodeAssert.doesNotMatch(actual, expected), message);
}

/** Asserts that a string contains another. */
export function assertStringIncludes(actual: string, expected: string, message?: string): void {
  if (!actual.includes(expected)) {
    throw new AssertionError(
      message ?? `Expected ${JSON.stringify(actual)} to contain "${expected}"`,
    );
  }
}

/** Asserts that a value is an instance of a class. */
export function assertInstanceOf<T>(
  actual: unknown,
  // deno-lint-ignore no-explicit-any
  expectedType: abstract new (...args: any[]) => T,
  message?: string,
): asserts actual is T {
  if (!(actual instanceof expectedType)) {
    throw new AssertionError(message ?? `Expected an instance of ${expectedType.name}`);
  }
}

function checkError<E extends Error>(
  error: unknown,
  errorClass?: ErrorClass<E>,
  includes?: string,
): asserts error is E {
  if (!(error instanceof Error)) {
    throw new AssertionError(`A non-Error object was thrown: ${error}`);
  }
  if (errorClass && !(error instanceof errorClass)) {
    throw new AssertionError(
      `Expected error to be instance of "${errorClass.name}", but was "${error.constructor.name}": ` +
        error.message,
    );
  }
  if (includes !== undefined && !error.message.includes(includes)) {
    throw new AssertionError(
      `Expected error message to include "${includes}", but got "${error.message}"`,
    );
  }
}

/** Asserts that `fn` throws, and gives the error back. */
export function assertThrows<E extends Error = Error>(
  fn: () => unknown,
  errorClass?: ErrorClass<E>,
  msgIncludes?: string,
): E {
  let error: unknown;
  try {
    fn();
  } catch (caught) {
    error = caught;
    checkError(error, errorClass, msgIncludes);
    return error;
  }
  throw new AssertionError("Expected function to throw");
}

/** Asserts that the promise of `fn` is rejected, and gives the error back. */
export async function assertRejects<E extends Error = Error>(
  fn: () => PromiseLike<unknown>,
  errorClass?: ErrorClass<E>,
  msgIncludes?: string,
): Promise<E> {
  let error: unknown;
  try {
    await fn();
  } catch (caught) {
    error = caught;
    checkError(error, errorClass, msgIncludes);
    return error;
  }
  throw new AssertionError("Expected function to reject");
}
