import { FIGURE } from "@heatword/eval/experiments";
import { filesLike, keepApart, type PathUse } from "../cli/keep_apart.ts";

/**
 * Makes sure that the results of experiments overwrite nothing that is read.
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
  await keepApart(
    [
      ...names.map((name) => ({ path: `${out}/${name}`, what: "the results" })),
      ...await filesLike(`${out}/figures`, FIGURE, "a figure"),
    ],
    reads,
  );
}
