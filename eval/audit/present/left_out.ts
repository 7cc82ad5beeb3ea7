import { formatCount } from "../../numbers/mod.ts";
import { LEAST_TEXTS } from "../associate.ts";
import type { Audit, NotLookedAt } from "../audit.ts";
import { firstNamed } from "../first_named.ts";

/** So many classes, or features, are named, others only counted. */
const NAMED = 10;

/** How many classes there are, and which. */
function named(classes: readonly string[]): string {
  return `${formatCount(classes.length, "class", "classes")} (${firstNamed(classes, NAMED)})`;
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
    `not looked at: ${features(left.notCompared)} with less evidence for a class`,
    left.notTried > 0 &&
    `not tried on the model (--candidates): ${features(left.notTried)} of less suspicion`,
    left.unseen > 0 && `not seen by the model, as no score changed: ${features(left.unseen)}`,
    left.untold > 0 &&
    `not told (--findings): ${formatCount(left.untold, "finding")} of less suspicion`,
    left.fewTexts.length > 0 &&
    `nothing can be found for ${named(left.fewTexts)} with fewer than ${LEAST_TEXTS} texts`,
    left.notClustered.length > 0 &&
    `no clusters of ${named(left.notClustered)} that too few texts are predicted as`,
  ].filter((line) => line !== false);
}

/**
 * What the texts have that this model does not see, as a clause; nothing if there is nothing.
 *
 * @param audit What was found.
 */
export function notSeenTexts({ notSeen }: Pick<Audit, "notSeen">): string[] {
  if (notSeen.length === 0) return [];
  const told = notSeen.map(({ kind, what, class: name, documents }) =>
    `${kind} ${what} (${name}, ${formatCount(documents, "text")})`
  );
  const others = told.length - NAMED;
  const more = others > 0 ? ` and ${formatCount(others, "other", "others")}` : "";
  return [
    `in the texts like a leak, but not seen by this model: ${
      told.slice(0, NAMED).join(", ")
    }${more}`,
  ];
}
