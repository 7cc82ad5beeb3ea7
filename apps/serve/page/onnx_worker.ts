import { loadOnnxModel, WASM_NAME } from "@heatword/core/onnx";
import { serveModel } from "./serve_model.ts";

serveModel(async (files, resources) => {
  const wasm = files.get(WASM_NAME);
  // Only the file that was chosen came along.
  const file = [...files.keys()].find((name) => name.endsWith(".onnx"));
  return await loadOnnxModel(
    files,
    { ...(wasm && { wasm }), ...(file !== undefined && { file }) },
    resources,
  );
});
