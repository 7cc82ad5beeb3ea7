import type { UnitName } from "@heatword/datasets/unit-names";
import type { Grouping } from "@heatword/eval/explanations";

/** How words are grouped; what cuts texts is loaded only where it is asked for. */
export async function groupingOf(name: UnitName): Promise<Grouping> {
  const { unitsOf } = await import("@heatword/datasets/units");
  return { name, split: (document) => unitsOf(document, name) };
}
