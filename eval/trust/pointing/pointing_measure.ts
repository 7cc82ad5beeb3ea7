import type { Measure } from "../measures/measure.ts";

/** The pointing game on hybrid texts, which are tasks of their own. */
export const pointingMeasure: Measure = {
  name: "pointing",
  about: "the pointing game on texts made of sentences of several classes",
  needs: "texts of at least two classes of the model",
  columns: [{
    name: "pointing",
    title: "pointing",
    about: "in texts made of sentences of several classes, how often the word of most relevance " +
      "stands in a sentence of the predicted class",
    better: "higher",
    source: "Poerner et al. 2018",
    kind: "truth",
  }],
};
