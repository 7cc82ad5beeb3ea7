import { formatCount } from "../../numbers/mod.ts";
import { count, fragment, Html, percent, table } from "../../report/html_elements.ts";
import { htmlPage } from "../../report/page_head.ts";
import { reportCss } from "../../report/style.ts";
import { COMPARED_TEXTS, diffAlarms, type ModelDiff } from "./diff_models.ts";

/** What the page tells beside the changes. */
export interface AboutDiff {
  /** What was given as the models. */
  readonly models: readonly [before: string, after: string];
  /** What the texts are called. */
  readonly corpus: string;
}

const signed = (share: number) => `${share > 0 ? "+" : ""}${percent(share)}`.replace("-", "−");

function change({ estimate, low, high }: { estimate: number; low: number; high: number }): Html {
  return fragment`${signed(estimate)}<br><small>${signed(low)} … ${signed(high)}</small>`;
}

/** What a table does not have, where that is something. */
function left(number: number, noun: string, which: string): Html | false {
  return number > 0 && fragment`<p>Not shown: ${formatCount(number, noun)} ${which}.</p>`;
}

const alarmed = (is: boolean) => is && new Html('<br><strong class="fails">alarm</strong>');

/**
 * A comparison of two models as one page that needs no network, no script and no other file.
 *
 * @param diff What changed.
 * @param about Of what.
 * @returns The whole page.
 */
export function diffHtml(diff: ModelDiff, { models, corpus }: AboutDiff): string {
  const alarms = diffAlarms(diff);
  const { accuracy, predictions } = diff;
  const content = fragment`<p class="subtitle">${
    count(diff.documents)
  } texts of ${corpus}; before: ${models[0]}; after: ${models[1]}</p>
${diff.notes.map((note) => fragment`<p>${note}</p>`)}
<p>${
    alarms.length === 0
      ? "No change is beyond the margins with its whole interval."
      : "Beyond the margins with the whole interval:"
  }</p>
<ul>${alarms.map((line) => fragment`<li>${line}</li>`)}</ul>
<p>${count(predictions.count)} of ${count(predictions.of)} predictions differ.</p>
${
    table({
      caption: fragment`<strong>Table 1.</strong> Texts that are classified correctly, with the 95 %
interval of the change over texts, paired.`,
      columns: ["class", "texts", "before", "after", "change"],
      rows: [
        [
          fragment`all${alarmed(accuracy.alarm)}`,
          count(diff.documents),
          percent(accuracy.before.count / diff.documents),
          percent(accuracy.after.count / diff.documents),
          change(accuracy.change),
        ],
        ...diff.classes.map((one) => [
          fragment`${one.class}${alarmed(one.alarm)}`,
          count(one.documents),
          percent(one.before),
          percent(one.after),
          change(one.change),
        ]),
      ],
    })
  }
${
    table({
      caption:
        fragment`<strong>Table 2.</strong> Words by how much more or less of the relevance for the
predicted class they carry, in texts of a class that have them.`,
      columns: ["word", "class", "texts", "before", "after", "change"],
      rows: diff.words.map((one) => [
        fragment`<strong>${one.word}</strong>${alarmed(one.alarm)}`,
        one.class,
        count(one.documents),
        percent(one.before),
        percent(one.after),
        change(one),
      ]),
    })
  }
${left(diff.untold.words, "word", "of a class that changed less")}
${left(diff.untold.rareWords, "word", `in fewer than ${COMPARED_TEXTS} texts of a class`)}
${
    table({
      caption:
        fragment`<strong>Table 3.</strong> Texts by how they changed: those of other predictions
first, then by the share of the relevance that stands on other words.`,
      columns: ["text", "class", "before", "after", "moved", "gained", "lost"],
      rows: diff.texts.map((text) => [
        text.id,
        text.label,
        text.before,
        text.after,
        percent(text.moved),
        text.gained.join(", "),
        text.lost.join(", "),
      ]),
    })
  }
${left(diff.untold.texts, "text", "that changed less")}`;
  return htmlPage({ title: "What changed between two models?", css: reportCss(), content });
}
