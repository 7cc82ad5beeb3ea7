import { isDifferentiable } from "@heatword/core";
import type { Measure } from "../measures/measure.ts";

/** The explanatory power index (Arras et al. 2017), of all texts together. */
export const epiMeasure: Measure = {
  name: "epi",
  about:
    "how well texts, as sums of word vectors weighted by relevance, find their class by neighbours",
  needs: "a model of word vectors, and texts with classes",
  columns: [{
    name: "epi",
    aspect: "stability",
    title: "EPI",
    about:
      "accuracy of the nearest neighbours by cosine of texts as sums of word vectors weighted by " +
      "relevance, with the best number of them; in ten halvings, each half from the other",
    better: "higher",
    source: "Arras et al. 2017",
  }],
  reasonAgainst: (model) => isDifferentiable(model) ? undefined : "the model takes no word vectors",
};
