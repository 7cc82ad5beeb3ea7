import { heatmapSvg } from "../heatmap/heatmap_svg.ts";
import { explainerLabel } from "../pca/panels.ts";
import { confusionPlot } from "../plots/confusion_plot.ts";
import { deletionPlot } from "../plots/deletion_plot.ts";
import { pcaPlot } from "../plots/pca_plot.ts";
import type { ReportData } from "./report_data.ts";

/** A class name, which may hold anything, as part of a file name. */
function fileName(text: string): string {
  return text.replaceAll(/[^A-Za-z0-9._-]+/g, "-").slice(0, 60);
}

/**
 * Draws all figures of a report.
 *
 * @param data What the report shows.
 * @returns Self-contained SVG files by name, e.g. `figure-1-correct.svg`.
 */
export function reportFigures(data: ReportData): Map<string, string> {
  const files = new Map<string, string>();
  for (const experiment of data.deletion) {
    files.set(`figure-1-${experiment.group}.svg`, deletionPlot(experiment));
  }
  for (const { target, heatmaps } of data.heatmaps?.targets ?? []) {
    for (const { explainer, words } of heatmaps) {
      const { document, unknown = [] } = data.heatmaps!;
      const caption = `${explainerLabel(explainer)}, target ${target}`;
      const stem = `figure-2-${explainer}-${fileName(target)}`;
      let name = `${stem}.svg`;
      for (let n = 2; files.has(name); n++) name = `${stem}-${n}.svg`;
      files.set(name, heatmapSvg(document, words, { caption, unknown }));
    }
  }
  if (data.panels.length > 0) files.set("figure-3.svg", pcaPlot(data.panels, data.groups));
  files.set("figure-4-confusion.svg", confusionPlot(data.classification));
  return files;
}
