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
  readonly aspect?: "deletion" | "nearness" | "cost";
  /** Whether a verdict is drawn from it, as a truth or as what the model does. */
  readonly kind?: "truth" | "behaviour";
  /** How a text's numbers become one; the mean, where it says nothing. */
  readonly summary?: "median";
}

/** What was measured of texts: each figure of a row has the name of its column. */
export const COLUMNS: readonly Column[] = [
  {
    name: "shapley",
    title: "Shapley r",
    about: "Pearson correlation with exact Shapley values of the score",
    better: "higher",
    source: "Shapley 1953; headline of distance to the truth",
    kind: "truth",
  },
  {
    name: "pointing",
    title: "pointing",
    about: "in texts made of sentences of several classes, how often the word of most relevance " +
      "stands in a sentence of the predicted class",
    better: "higher",
    source: "Poerner et al. 2018",
    kind: "truth",
  },
  {
    name: "naopcComp",
    title: "NAOPC comp.",
    about:
      "drop of the score as words are deleted, the most relevant first, between the worst and " +
      "the best order",
    better: "higher",
    source: "DeYoung et al. 2020, Edin et al. 2025",
    kind: "behaviour",
  },
  {
    name: "naopcSuff",
    title: "1 − NAOPC suff.",
    about: "how little is missing while only the most relevant words are kept, between the worst " +
      "and the best order",
    better: "higher",
    source: "DeYoung et al. 2020, Edin et al. 2025",
    kind: "behaviour",
  },
  {
    name: "infidelity",
    title: "1 − infidelity",
    about:
      "how well sums of relevances foretell what deleting these words costs, at the best scale",
    better: "higher",
    source: "Yeh et al. 2019",
    kind: "behaviour",
  },
  {
    name: "comp",
    aspect: "deletion",
    title: "AOPC comp.",
    about: "mean drop of the score over all numbers of deleted words",
    better: "higher",
    source: "Samek et al. 2017",
  },
  {
    name: "suff",
    aspect: "deletion",
    title: "AOPC suff.",
    about: "mean drop of the score over all numbers of kept words",
    better: "lower",
    source: "DeYoung et al. 2020",
  },
  {
    name: "compProbability",
    aspect: "deletion",
    title: "comp., prob.",
    about: "the same mean drop of the probability while words are deleted",
    better: "higher",
    source: "DeYoung et al. 2020",
  },
  {
    name: "suffProbability",
    aspect: "deletion",
    title: "suff., prob.",
    about: "the same mean drop of the probability while words are kept",
    better: "lower",
    source: "DeYoung et al. 2020",
  },
  {
    name: "compBins",
    aspect: "deletion",
    title: "comp., bins",
    about: "drop of the probability at 1, 5, 10, 20 and 50 % of the words deleted",
    better: "higher",
    source: "ERASER, DeYoung et al. 2020",
  },
  {
    name: "suffBins",
    aspect: "deletion",
    title: "suff., bins",
    about: "drop of the probability with 1, 5, 10, 20 and 50 % of the words kept",
    better: "lower",
    source: "ERASER, DeYoung et al. 2020",
  },
  {
    name: "shapleyTauB",
    aspect: "nearness",
    title: "Shapley τ-b",
    about:
      "rank correlation with exact Shapley values; counts words of no weight as much as others",
    better: "higher",
    source: "Kendall 1945",
  },
  {
    name: "shapleyTop",
    aspect: "nearness",
    title: "Shapley top 5",
    about: "share of the five largest Shapley values among the five largest relevances",
    better: "higher",
    source: "Krishna et al. 2022",
  },
  {
    name: "shapleyDistance",
    aspect: "nearness",
    title: "‖R − φ‖/‖φ‖",
    about: "relative distance from exact Shapley values, of explainers that promise their sum",
    better: "lower",
  },
  {
    name: "conservation",
    aspect: "cost",
    title: "conservation",
    about: "how far the relevances are from the sum that the explainer promises",
    better: "lower",
    source: "Bach et al. 2015",
  },
  {
    name: "milliseconds",
    aspect: "cost",
    title: "ms",
    about: "milliseconds for a text on one thread, the median",
    better: "lower",
    summary: "median",
  },
];
