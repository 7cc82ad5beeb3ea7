import { formatPercent } from "@heatword/core/counts";
import { count, fragment, type Html, table as htmlTable } from "../../report/html_elements.ts";
import { LEARNED } from "../shortcuts/check_learned.ts";
import { distantPair, SHORTCUT_KINDS } from "../shortcuts/shortcut_kinds.ts";
import type { ShortcutReport } from "../shortcuts/shortcut_report.ts";
import type { TrustTable } from "../table/trust_table.ts";

/** Whether a shortcut was learned, and whether that is as it must be. */
function answerOf({ isControl, why }: Pick<ShortcutReport, "isControl" | "why">): string {
  if (why === undefined) return isControl ? "yes, which cannot be" : "yes";
  return `no${isControl ? ", as it must be" : ""}: ${why}`;
}

/** What a kind of shortcut is called. */
function titleOf(kind: string): string {
  return [...SHORTCUT_KINDS, distantPair(2)].find(({ name }) => name === kind)?.title ?? kind;
}

/**
 * How the planted shortcuts were learned.
 *
 * @param trust The table.
 * @param number What stands before the caption, as `Table 9.`
 * @returns A table; nothing where none were planted.
 */
export function shortcutTable(
  { shortcuts, models }: TrustTable,
  number: string,
): Html | undefined {
  if (shortcuts.length === 0) return undefined;
  const { planted, rise, decoys, accuracy } = LEARNED;
  return htmlTable({
    caption: fragment`<strong>${number}</strong> Shortcuts that models were trained on, and whether
they were learned: on unseen texts the class of the shortcut is predicted for at least ${
      formatPercent(planted)
    } of texts with it, for at most ${
      formatPercent(rise)
    } more than before once it is deleted, at least ${
      formatPercent(decoys)
    } of texts keep their class with half of it, and accuracy is at most ${
      formatPercent(accuracy)
    } below that of the same model without shortcuts. The distant pair must not be learned: no filter
sees both of its words.`,
    columns: [
      ...(models > 1 ? ["model"] : []),
      "shortcut",
      "words",
      "classes",
      "with it",
      "deleted",
      "before",
      "with half of it",
      "accuracy",
      "without",
      "texts graded",
      "learned",
    ],
    rows: shortcuts.map(({ figures, ...shortcut }) => [
      ...(models > 1 ? [String(shortcut.model + 1)] : []),
      titleOf(shortcut.kind),
      shortcut.words.join(", "),
      shortcut.classes.join(", "),
      formatPercent(figures.planted),
      formatPercent(figures.deleted),
      formatPercent(figures.clean),
      figures.decoys === undefined ? "–" : formatPercent(figures.decoys),
      formatPercent(shortcut.accuracy),
      formatPercent(shortcut.accuracyWithout),
      shortcut.missed === 0
        ? count(shortcut.graded)
        : `${count(shortcut.graded)} (${count(shortcut.missed)} did not follow it)`,
      answerOf(shortcut),
    ]),
  });
}
