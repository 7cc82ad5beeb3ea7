import { explainerLabel } from "../pca/panels.ts";
import { figure, fixed, fragment, type Html, table } from "../report/html_elements.ts";
import { FEWEST_JUDGED, tooFew } from "../statistics/fewest_judged.ts";
import { drawn } from "./_drawn.ts";
import type { AssessmentData } from "./report_data.ts";
import type { ScoreExperiment } from "./score_experiment.ts";

function scoreTable({ group, documents, curves }: ScoreExperiment): Html {
  if (documents < FEWEST_JUDGED) {
    return fragment`<p class="hint">Texts classified ${
      group === "correct" ? "right" : "wrong"
    } and long enough: ${tooFew(documents)} for intervals that say anything.</p>`;
  }
  return table({
    caption: fragment`Texts classified ${
      group === "correct" ? "right" : "wrong"
    }: mean change of the score over all numbers of deleted words, and how far beyond random deletion, with
its 95 % interval (paired over texts).`,
    label: `Change of the score, texts classified ${group === "correct" ? "right" : "wrong"}`,
    columns: ["Explainer", "Mean change", "Beyond random", "95 % interval"],
    numbers: true,
    rows: curves.map(({ name, mean, beyondRandom, beyondRandomInterval: [low, high] }) => [
      explainerLabel(name),
      fixed(mean),
      ...name === "random" ? ["–", "–"] : [fixed(beyondRandom), `${fixed(low)} to ${fixed(high)}`],
    ]),
  });
}

/** Curves of deletion, by score and by accuracy. */
export function deletionSection(data: AssessmentData, figures: ReadonlyMap<string, string>): Html {
  const { unit } = data.scores[0];
  const { random } = data.deletion[0];
  const pair = (kind: string) =>
    fragment`<div class="pair">${drawn(figures.get(`deletion-${kind}-correct.svg`))}
${drawn(figures.get(`deletion-${kind}-wrong.svg`))}</div>`;
  const short = data.deletion.some(({ remaining, documents }) => remaining.at(-1)! < documents);
  return fragment`<p>What happens to a text as its ${unit}s are deleted one by one? If an explainer finds
the ${unit}s that matter, the score of the class falls faster than at random. Texts of ${data.minLength}
words or more take part; relevance is for the true class. ${data.deletionNote}</p>
${
    figure(
      pair("score"),
      fragment`Change of the score of the true class, the mean over texts with its 95 % interval. Left:
texts classified right (lower is better). Right: texts classified wrong (higher is better). Random:
the mean of ${random.runs.length} runs.${
        short && ` A text with fewer ${unit}s stays as it is once all are deleted.`
      }`,
    )
  }
${data.scores.map(scoreTable)}
<details><summary>The same by accuracy</summary>
${
    figure(
      pair("accuracy"),
      fragment`Accuracy on the same texts. It changes only where a deletion changes the class, so with few
classes it says less than the score. Random: with a band of one standard deviation of the runs.`,
    )
  }</details>`;
}
