/** The twenty newsgroups, in alphabetical order: the classes of the corpus. */
export const GROUPS = [
  "alt.atheism",
  "comp.graphics",
  "comp.os.ms-windows.misc",
  "comp.sys.ibm.pc.hardware",
  "comp.sys.mac.hardware",
  "comp.windows.x",
  "misc.forsale",
  "rec.autos",
  "rec.motorcycles",
  "rec.sport.baseball",
  "rec.sport.hockey",
  "sci.crypt",
  "sci.electronics",
  "sci.med",
  "sci.space",
  "soc.religion.christian",
  "talk.politics.guns",
  "talk.politics.mideast",
  "talk.politics.misc",
  "talk.religion.misc",
] as const;

/** The name of a newsgroup of the corpus. */
export type Group = (typeof GROUPS)[number];

/** The five top-level categories. */
export const TOP_LEVEL_CATEGORIES = ["comp", "rec", "sci", "politics", "religion"] as const;

/** The name of a top-level category. */
export type TopLevelCategory = (typeof TOP_LEVEL_CATEGORIES)[number];

/**
 * The top-level category of a newsgroup.
 *
 * @param group A newsgroup.
 * @returns `politics` for talk.politics.*, `religion` for alt.atheism, soc.religion.christian and
 * talk.religion.misc, the first part of the name for comp, rec and sci, and `undefined` for
 * misc.forsale and whatever is none of the twenty.
 *
 * @example
 * ```ts
 * import { topLevelCategory } from "@heatword/datasets/newsgroups";
 * import { assertEquals } from "@std/assert";
 *
 * assertEquals(topLevelCategory("alt.atheism"), "religion");
 * assertEquals(topLevelCategory("misc.forsale"), undefined);
 * ```
 */
export function topLevelCategory(group: string): TopLevelCategory | undefined {
  if (!(GROUPS as readonly string[]).includes(group)) return undefined;
  if (group === "alt.atheism" || group.includes("religion")) return "religion";
  if (group.startsWith("talk.politics.")) return "politics";
  return TOP_LEVEL_CATEGORIES.find((category) => group.startsWith(`${category}.`));
}
