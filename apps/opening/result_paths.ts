import { FIGURE } from "@heatword/eval/experiments";
import { filesLike, keepApart, type PathUse } from "../cli/keep_apart.ts";
import { keepForeign } from "../cli/keep_foreign.ts";

/**
 * Makes sure that the results of experiments overwrite nothing that is read, and nothing that no program wrote.
 *
 * @param out The folder of the results.
 * @param reads What is read.
 * @param more Names of further results.
 * @throws {RangeError} If they would.
 */
export async function checkResultPaths(
  out: string,
  reads: readonly PathUse[],
  more: readonly string[] = [],
): Promise<void> {
  const names = [...new Set(["report.html", "ledger.json", "metrics.json", ...more])];
  const writes = [
    ...names.map((name) => ({ path: `${out}/${name}`, what: "the results" })),
    ...await filesLike(`${out}/figures`, FIGURE, "a figure"),
  ];
  await keepApart(writes, reads);
  await keepForeign(writes);
}
