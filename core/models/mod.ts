/**
 * The models that come with the project, and how what is named as a model is
 * recognised as one of them.
 *
 * @module
 */
export * from "./describe_foreign.ts";
export * from "./model_folder.ts";
export * from "./module/module_model.ts";
export { onnxKind } from "./onnx/onnx_kind.ts";
export * from "./open_model.ts";
export { type FunctionModel, modelFromFunction, type Outputs } from "./text/function_model.ts";
export type { Deletion, TextModelOptions } from "./text/options.ts";
export type { TextInput } from "./text/text_model.ts";
export {
  commandKind,
  type CommandModelOptions,
  endCommands,
  modelFromCommand,
} from "./text/command_model.ts";
export {
  modelFromServer,
  type RequestOptions,
  serverKind,
  type ServerModelOptions,
} from "./text/server_model.ts";
