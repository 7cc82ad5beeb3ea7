/**
 * The models that come with the project, and how a folder is recognised as one of them.
 *
 * @module
 */
export * from "./open_model.ts";
