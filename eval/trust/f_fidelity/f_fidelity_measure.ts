import { meanOf } from "../../statistics/mean.ts";
import { rankWords } from "../../deletion/rank_words.ts";
import type { Measure } from "../measures/measure.ts";
import type { MeasuredText } from "../texts/measured_text.ts";
import { TextValues } from "../texts/text_values.ts";
import { fFidelity } from "./f_fidelity.ts";

/** The shares of the words that count as the top, in per cent. */
const SHARES = [10, 20, 30, 40, 50] as const;

/** The most of all words that is deleted at once, in per cent. */
const BETA = 10;

/** How many words a model must have seen missing: word dropout of twice the share that is deleted. */
export const NEEDED_WORD_DROPOUT = 2 * BETA / 100;

/** The score of the model that has seen texts with words missing: it itself, or a copy. */
function scoreOf({ tuned, document, words, target, values }: MeasuredText) {
  if (!tuned) return values.score;
  return new TextValues(tuned, tuned.encode(document), words, target).as("score");
}

/** F-Fidelity (Zheng et al. 2025), with the explanations of the model itself. */
export const fFidelityMeasure: Measure = {
  name: "f-fidelity",
  about: "what deleting a few of the most relevant words costs, against a few of the others",
  needs: "a word-CNN trained with word dropout of 0.2 or more, or texts to train a copy on so",
  columns: [{
    name: "fFidelity",
    title: "F-Fidelity",
    about:
      "drop of the score after deleting a few of the words of most relevance, less that after " +
      "deleting as few of the others; by a model that has seen texts with words missing",
    better: "higher",
    source: "Zheng et al. 2025",
    kind: "behaviour",
  }],
  figures: async (text) => {
    if (!text.plan.seesMissingWords || text.words === 0) return text.rows.map(() => ({}));
    const v = scoreOf(text);
    const found = [];
    for (const { relevance } of text.rows) {
      const order = rankWords(relevance, "decreasing", text.words);
      const gains: number[] = [];
      for (const percent of SHARES) {
        const random = text.random(6).fork(percent);
        const { plus, minus } = await fFidelity(order, v, random, { percent, beta: BETA });
        if (minus !== undefined) gains.push(plus - minus);
      }
      found.push({ fFidelity: gains.length === 0 ? undefined : meanOf(gains) });
    }
    return found;
  },
};
