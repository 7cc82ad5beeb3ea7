import { formatCount } from "../../numbers/mod.ts";
import type { NotLookedAt } from "../audit.ts";

/** So many classes are named, others only counted. */
const NAMED = 10;

/** Classes by name; of many the first. */
function named(classes: readonly string[]): string {
  const more = classes.length > NAMED ? ", …" : "";
  return `${formatCount(classes.length, "class", "classes")} (${
    classes.slice(0, NAMED).join(", ")
  }${more})`;
}

/**
 * What an audit did not look at or does not tell, a clause each; nothing of what is nothing.
 *
 * @param left What was left out.
 */
export function leftOutTexts(left: NotLookedAt): string[] {
  const features = (number: number) => formatCount(number, "feature");
  return [
    left.notCompared > 0 &&
    `${features(left.notCompared)} that say less of a class were not looked at`,
    left.notTried > 0 &&
    `${features(left.notTried)} of less suspicion were not tried on the model (--candidates)`,
    left.unseen > 0 && `${features(left.unseen)} changed no score: the model does not see them`,
    left.untold > 0 &&
    `${formatCount(left.untold, "finding")} of less suspicion are not told (--findings)`,
    left.fewTexts.length > 0 &&
    `nothing can be found for ${named(left.fewTexts)} with fewer than three texts`,
    left.notClustered.length > 0 &&
    `no clusters of ${named(left.notClustered)} that too few texts are predicted as`,
  ].filter((line) => line !== false);
}
