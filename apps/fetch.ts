import { unknownName } from "@heatword/core/names";
import { findCache, findData } from "@heatword/datasets/folders";
import { needsOfReadingAndWriting, requirePermissions } from "./cli/permissions.ts";
import { type Fetched, fetched, fetchProgram } from "./cli/programs/fetch.ts";
import { showProgress } from "./cli/progress.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";
import { UsageError } from "./cli/usage_error.ts";

function readNames(given: readonly string[]): Fetched[] {
  if (given.length === 0) return ["corpus", "punkt"];
  return given.map((name) => {
    const found = fetched.find((one) => one === name);
    if (found !== undefined) return found;
    throw new UsageError(unknownName("data", name, fetched).message);
  });
}

if (isStarted(import.meta)) {
  runProgram(fetchProgram, async ({ positionals, data, cache, mirror, force, offline }) => {
    const names = readNames(positionals);
    if (mirror.length > 0 && names.length !== 1) {
      throw new UsageError("Option --mirror goes with one kind of data; see --help");
    }
    const by = "Downloading";
    requirePermissions(needsOfReadingAndWriting(by));
    if (!offline) requirePermissions([{ by, to: "net" }]);
    const options = { mirrors: mirror, force, offline, onProgress: showProgress() };
    const { fetches } = await import("./_fetch.ts");
    for (const name of names) {
      console.log(`${name}: ${await fetches[name](findData(data), findCache(cache), options)}`);
    }
  });
}
