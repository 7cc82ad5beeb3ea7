import { resolve } from "node:path";
import { defined } from "../cli/flag.ts";
import { modelPath } from "./model.ts";
import { keepToOneServer } from "./one_server.ts";

/** Which models are meant. */
export interface ModelChoice {
  /** What was given as the model, when one was named. */
  readonly model?: string;
  /** What was given as the model to compare it with, when one was named. */
  readonly compare?: string;
}

/**
 * What was given as a model, absolute where it is a folder or a file: `runs:2024/june` looks like an
 * address, too, but is none where it exists.
 */
async function absolute(spec: string): Promise<string> {
  const path = resolve(spec);
  return await Deno.lstat(path).then(() => path, () => spec);
}

/** Where something is; a command or an address is where it says. */
const placeOf = (path: string) => Deno.realPath(path).catch(() => path);

/**
 * Finds the model to use, and the one to compare it with.
 *
 * @param choice Which are meant.
 * @returns What `openModel` takes, for the one or for both; folders and files by absolute paths.
 * @throws {Deno.errors.NotFound} If there is no such model.
 * @throws {RangeError} If both are the same, or headers for one server would be sent to another.
 */
export async function modelPaths({ model, compare }: ModelChoice): Promise<readonly string[]> {
  const first = await absolute(await modelPath(defined({ model })));
  if (compare === undefined) return [first];
  const second = await absolute(await modelPath({ model: compare }));
  if (await placeOf(first) === await placeOf(second)) {
    throw new RangeError(
      `Cannot compare the model "${first}" with itself: name another with --compare-model`,
    );
  }
  keepToOneServer([first, second]);
  return [first, second];
}
