/**
 * Models that are elsewhere: in another process, or behind the server of a page.
 *
 * @module
 */
export * from "./messages.ts";
export * from "./model_host.ts";
export * from "./remote_model.ts";
