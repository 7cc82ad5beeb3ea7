import { wholeNumberFlag } from "../apps/cli/flag_kinds.ts";
import { UsageError } from "../apps/cli/usage_error.ts";

/**
 * Reads an option of a benchmark that takes a whole number.
 *
 * @param name The option, e.g. `seeds`.
 * @param given What is given; undefined if it is not.
 * @param otherwise The number then.
 * @param range From where to where it may go.
 * @throws {UsageError} If it is something else.
 */
export function wholeNumber(
  name: string,
  given: string | undefined,
  otherwise: number,
  { from = 1, to = 10_000 }: { readonly from?: number; readonly to?: number } = {},
): number {
  const look = { value: "N", help: "", from, to, default: otherwise };
  return wholeNumberFlag(name, look).read(given, name);
}

/**
 * Reads an option of a benchmark that takes the first and the last of numbered things, A-B.
 *
 * @param name The option, e.g. `plants`.
 * @param given What is given; undefined for all.
 * @param count How many there are.
 * @returns The first and the last, from 1.
 * @throws {UsageError} If it is something else, or there are no such things.
 */
export function numberedFrom(
  name: string,
  given: string | undefined,
  count: number,
): [first: number, last: number] {
  const [first, last] = (/^(\d+)-(\d+)$/.exec(given ?? `1-${count}`) ?? []).slice(1).map(Number);
  if (first! >= 1 && first! <= last! && last! <= count) return [first!, last!];
  throw new UsageError(
    `Option --${name} takes A-B, the first and the last of 1 to ${count}, not "${given}"`,
  );
}
