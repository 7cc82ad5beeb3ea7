/**
 * The models that come with the project, and how what is named as a model is
 * recognised as one of them.
 *
 * @module
 */
export * from "./describe_foreign.ts";
export * from "./module/module_model.ts";
export * from "./open_model.ts";
