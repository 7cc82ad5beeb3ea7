/**
 * How well a classifier does: accuracy, confusion matrix, figures of each class.
 *
 * @module
 */
export * from "./confusion_matrix.ts";
export * from "./confusion_text.ts";
export * from "./macro_f1.ts";
export * from "./mistakes.ts";
export * from "./predicted_class.ts";
