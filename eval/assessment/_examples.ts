import { heatmapHtml } from "../heatmap/heatmap_html.ts";
import { explainerLabel } from "../pca/panels.ts";
import { fixed, fragment, Html, percent } from "../report/html_elements.ts";
import type { AssessmentData, ShownExample } from "./report_data.ts";

function example(shown: ShownExample, isRight: boolean): Html {
  const { document, unknown = [], names, targets, predicted, probability } = shown;
  const { id = "", label = "" } = document;
  const sides = targets.map(({ target, score, heatmaps }) => {
    const { explainer, words } = heatmaps[0]!;
    const role = isRight ? "" : target === predicted ? " (predicted)" : " (true)";
    const caption = `${explainerLabel(explainer)}, why ${target}${role}: score ${fixed(score)}`;
    return new Html(heatmapHtml(document, words, { caption, unknown, ...(names && { names }) }));
  });
  const title = isRight
    ? `${predicted}, ${percent(probability)} sure`
    : `${label} taken for ${predicted}, ${percent(probability)} sure`;
  return fragment`<div class="example"><h3>${title}</h3><p class="hint">text ${id}</p>
<div class="sides">${sides}</div></div>`;
}

/** Heatmaps of the errors that the model was surest of. */
export function errorsSection({ errors }: AssessmentData): Html {
  if (errors.length === 0) return fragment`<p>No text was classified wrong.</p>`;
  return fragment`<p>The errors that the model was surest of: why the class that was given, and what
speaks for the true one. Red with a solid underline: for; blue with dots: against. Where what speaks
against the one is what speaks for the other, one heatmap is shown.</p>
${errors.map((shown) => example(shown, false))}`;
}

/** Heatmaps of typical texts that were classified right. */
export function typicalSection({ typical }: AssessmentData): Html {
  if (typical.length === 0) return fragment`<p>No text was classified right.</p>`;
  return fragment`<p>Of each class, the largest first, the text whose probability is the median of those
classified right.</p>
<div class="sides">${typical.map((shown) => example(shown, true))}</div>`;
}
