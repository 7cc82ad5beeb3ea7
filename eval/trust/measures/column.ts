/** A column of the table. */
export interface Column {
  /** Its name in files. */
  readonly name: string;
  /** Its heading. */
  readonly title: string;
  /** What it says, in a sentence. */
  readonly about: string;
  /** Which way is good. */
  readonly better: "higher" | "lower";
  /** Where it comes from. */
  readonly source?: string;
  /** What it looks at, where it is no column of the verdict. */
  readonly aspect?: "deletion" | "nearness" | "shortcuts" | "stability" | "limits" | "cost";
  /** Whether a verdict is drawn from it, as a truth or as what the model does. */
  readonly kind?: "truth" | "behaviour";
  /** How a text's numbers become one; the mean, where it says nothing. */
  readonly summary?: "median" | "largest";
}
