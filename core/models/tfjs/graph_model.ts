/**
 * Tells a graph-model of TensorFlow.js, whose operations are no longer layers.
 *
 * @param json The content of its model.json.
 * @returns Whether it is one: its format says so, or its topology is a graph of operations.
 */
export function isGraphModel(json: unknown): boolean {
  const { format, modelTopology } = (json ?? {}) as {
    format?: unknown;
    modelTopology?: { node?: unknown };
  };
  return format === "graph-model" || (format === undefined && Array.isArray(modelTopology?.node));
}
