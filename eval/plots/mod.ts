/**
 * The figures, as self-contained SVG files.
 *
 * @module
 */
export { confusionPlot } from "./confusion_plot.ts";
export { deletionPlot } from "./deletion_plot.ts";
export { pcaPlot, type PlotGroups } from "./pca_plot.ts";
export { type ScoreChart, scorePlot } from "./score_plot.ts";
