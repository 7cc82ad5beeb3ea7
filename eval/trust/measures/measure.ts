import type { Model } from "@heatword/core";
import type { MeasuredText } from "../texts/measured_text.ts";
import type { RowFigures } from "../texts/rows.ts";
import type { Column } from "./column.ts";

/** One way to look at explanations: what it is called, what it needs, what columns it fills. */
export interface Measure {
  /** Its name, for `--measures`. */
  readonly name: string;
  /** What it says, in a clause. */
  readonly about: string;
  /** What it needs of a model or of texts, in a few words. */
  readonly needs: string;
  /** Its columns, each with its direction; none where it fills a table of its own. */
  readonly columns: readonly Column[];
  /**
   * Whether a model cannot be measured so.
   *
   * @param model The model.
   * @returns Why not; nothing where it can.
   */
  reasonAgainst?(model: Model): string | undefined;
  /**
   * Whether a model can be measured so for some texts only.
   *
   * @param model The model.
   * @returns Why; nothing where it can for all.
   */
  restriction?(model: Model): string | undefined;
  /**
   * Measures one text. A measure of other texts, as hybrid ones, has none.
   *
   * @param text The text, its rows and what is known of it.
   * @returns Figures for each row of the text, by the names of the columns; undefined where a figure is
   * not defined.
   */
  figures?(text: MeasuredText): Promise<readonly RowFigures[]>;
}
