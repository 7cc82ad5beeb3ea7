import { heatmapSvg } from "../heatmap/heatmap_svg.ts";
import { explainerLabel } from "../pca/panels.ts";
import { confusionPlot } from "../plots/confusion_plot.ts";
import { deletionPlot } from "../plots/deletion_plot.ts";
import { pcaPlot } from "../plots/pca_plot.ts";
import { scorePlot } from "../plots/score_plot.ts";
import type { AssessmentData, ShownExample } from "./report_data.ts";

/**
 * Draws all figures of a report on one's own texts.
 *
 * @param data What it shows.
 * @returns Self-contained SVG files by name.
 */
export function assessmentFigures(data: AssessmentData): Map<string, string> {
  const files = new Map<string, string>([["confusion.svg", confusionPlot(data.classification)]]);
  data.deletion.forEach((experiment, i) => {
    const { remaining, group } = experiment;
    files.set(`deletion-score-${group}.svg`, scorePlot({ ...data.scores[i]!, remaining }));
    files.set(`deletion-accuracy-${group}.svg`, deletionPlot(experiment));
  });
  const draw = (kind: string, examples: readonly ShownExample[]) =>
    examples.forEach(({ document, unknown = [], targets }, i) =>
      targets.forEach(({ target, heatmaps: [heatmap] }, t) => {
        const { explainer, words } = heatmap!;
        const caption = `${explainerLabel(explainer)}, target ${target}`;
        const name = `${kind}-${i + 1}${t === 0 ? "" : "-true-class"}.svg`;
        files.set(name, heatmapSvg(document, words, { caption, unknown }));
      })
    );
  draw("error", data.errors);
  draw("right", data.typical);
  if (data.panels.length > 0) files.set("vectors.svg", pcaPlot(data.panels, data.groups));
  return files;
}
