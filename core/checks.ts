import type { Awaitable } from "./model.ts";

/** One thing that a plugin has to do right. */
export interface Check<S> {
  /** What is checked, as a statement about the plugin. */
  readonly name: string;
  /** Why it does not apply to this plugin, if it does not. */
  readonly skip?: (subject: S) => Awaitable<string | undefined>;
  /** Fails by throwing an error whose message says what is wrong. */
  readonly run: (subject: S) => Awaitable<void>;
}

/** What became of one check. */
export interface CheckResult {
  /** What was checked, as a statement about the plugin. */
  readonly name: string;
  /** Whether it holds, or does not apply. */
  readonly status: "passed" | "failed" | "skipped";
  /** What is wrong, or why it does not apply. */
  readonly detail?: string;
}

/** What became of all checks. */
export interface Checked {
  /** Whether no check failed. */
  readonly passed: boolean;
  /** The checks, in order. */
  readonly results: readonly CheckResult[];
}

/**
 * Fails a check.
 *
 * @param what What is wrong.
 * @throws {Error} Always.
 */
export function failCheck(what: string): never {
  throw new Error(what);
}

async function runCheck<S>(check: Check<S>, subject: S): Promise<CheckResult> {
  const { name } = check;
  try {
    const reason = await check.skip?.(subject);
    if (reason !== undefined) return { name, status: "skipped", detail: reason };
    await check.run(subject);
    return { name, status: "passed" };
  } catch (error) {
    const detail = error instanceof Error ? error.message : String(error);
    return { name, status: "failed", detail };
  }
}

/**
 * Runs the checks of a conformance kit, one after the other.
 *
 * @param first What must hold for the others to make sense: if it fails, they are left out.
 * @param others The other checks.
 * @param subject The plugin under test, with whatever the checks need.
 * @returns What became of each check; nothing is thrown for a check that fails.
 *
 * @example
 * ```ts
 * import { type Check, failCheck, runChecks } from "@heatword/core";
 * import { assertEquals } from "@std/assert";
 *
 * const isNumber: Check<number> = { name: "is a number", run: (n) => void n.toFixed() };
 * const isPositive: Check<number> = {
 *   name: "is positive",
 *   run: (n) => n > 0 ? undefined : failCheck(`it is ${n}`),
 * };
 * const { passed, results } = await runChecks(isNumber, [isPositive], -2);
 * assertEquals(passed, false);
 * assertEquals(results.map(({ status }) => status), ["passed", "failed"]);
 * ```
 */
export async function runChecks<S>(
  first: Check<S>,
  others: readonly Check<S>[],
  subject: S,
): Promise<Checked> {
  const results = [await runCheck(first, subject)];
  if (results[0]!.status !== "failed") {
    for (const check of others) results.push(await runCheck(check, subject));
  }
  return { passed: results.every(({ status }) => status !== "failed"), results };
}

const marks = { passed: "✓", failed: "✗", skipped: "–" } as const;

/** A line for each check, and how many passed. */
function checkLines(results: readonly CheckResult[]): string[] {
  const lines = results.map(({ name, status, detail }) =>
    `  ${marks[status]} ${name}${detail === undefined ? "" : `: ${detail}`}`
  );
  const summary = (["passed", "failed", "skipped"] as const).map((status) =>
    `${results.filter((result) => result.status === status).length} ${status}`
  );
  return [...lines, "", `  ${summary.join(", ")}`];
}

/**
 * A number for the message of a check: six digits at most.
 *
 * @param value The number.
 */
export const shortNumber = (value: number): string => Number(value.toPrecision(6)).toString();

/**
 * The largest difference between two lists of numbers, as a part of the largest of them.
 *
 * @param one A list.
 * @param other The other.
 * @returns 0 for equal lists; `Infinity` where their lengths differ or a number is not finite.
 */
export function relativeDifference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  if (one.length !== other.length) return Infinity;
  let largest = 0;
  let max = 1e-12;
  for (let i = 0; i < one.length; i++) {
    max = Math.max(max, Math.abs(one[i]!), Math.abs(other[i]!));
    largest = Math.max(largest, Math.abs(one[i]! - other[i]!));
    if (!Number.isFinite(largest)) return Infinity;
  }
  return largest / max;
}

/**
 * A page on a plugin and which checks it passes, as plain text.
 *
 * @param name The name of the plugin.
 * @param checked What the conformance kit found.
 * @param about What there is to say of the plugin; left out where it is not even well formed.
 * @returns Lines of text.
 */
export function checkCard(
  name: string | undefined,
  { passed, results }: Checked,
  about: () => readonly string[],
): string {
  return [
    `${name ?? "(no name)"}: ${passed ? "conforms" : "does not conform"}`,
    ...(results.length > 1 ? about() : []),
    "",
    ...checkLines(results),
  ].join("\n");
}
