/**
 * How a model and its explanations do on one's own texts: the report of `evaluate`.
 *
 * @module
 */
export * from "./assess.ts";
export * from "./class_words.ts";
export * from "./deletion_choice.ts";
export * from "./figures.ts";
export * from "./findings.ts";
export * from "./kept_evaluations.ts";
export * from "./quick_trust.ts";
export * from "./report_data.ts";
export * from "./report_html.ts";
export * from "./score_experiment.ts";
export * from "./shown_texts.ts";
export * from "./text.ts";
export * from "./write.ts";
