import { encodingOf } from "@heatword/datasets/tables";
import type { Args } from "@std/cli/parse-args";
import { UsageError } from "./usage_error.ts";

/**
 * Reads the option `--encoding`.
 *
 * @param args The command line.
 * @param otherwise The encoding where it is not given.
 * @returns The encoding, as `encodingOf` spells it.
 * @throws {UsageError} If there is no such encoding.
 */
export function encodingOption(args: Args, otherwise: string): string {
  try {
    return encodingOf(args.encoding ?? otherwise);
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
}
