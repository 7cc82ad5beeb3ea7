import { parallel } from "../../layers/mod.ts";
import { buildLayer, type Built, type Placed, type Shape, shown, unsupported } from "./_layers.ts";
import type { Path, Step } from "./_topology.ts";
import type { Weights } from "./_weights.ts";

function buildBranches(
  { spec, branches }: Extract<Step, { branches: readonly Path[] }>,
  weights: Weights,
  input: Shape,
): Built {
  const built = branches.map((path) => buildPath(path, weights, input));
  const rank = built[0]!.outputShape(input).length;
  const axisIn = spec.config.axis ?? -1;
  // Keras counts the batch as axis 0.
  const axis = Number(axisIn) < 0 ? Number(axisIn) + rank : Number(axisIn) - 1;
  if (!Number.isInteger(axis) || axis < 0 || axis >= rank) unsupported(spec, `axis ${axisIn}`);
  const outputShape = (shape: Shape): Shape => {
    const outputs = built.map((branch) => branch.outputShape(shape));
    return outputs[0]!.map((size, i) => {
      const sizes = outputs.map((output) => output[i]);
      if (i !== axis) {
        if (outputs.every((output) => output.length === rank && output[i] === size)) return size;
        throw new SyntaxError(
          `Cannot read "model.json": layer "${spec.name}" cannot join ${
            outputs.map(shown).join(" and ")
          }`,
        );
      }
      return sizes.reduce((a, b) => a === undefined || b === undefined ? undefined : a + b);
    });
  };
  const layers = built.map((branch) => branch.layers.map(({ layer }) => layer));
  return { layers: [{ layer: parallel(layers, { name: spec.name, axis }) }], outputShape };
}

/** Puts max-pooling before ReLU, which changes no score; then a maximum has its winner anywhere. */
function poolBeforeRelu(layers: Placed[]): void {
  for (let i = 1; i < layers.length; i++) {
    for (let j = i; j > 0 && layers[j]!.kind === "max" && layers[j - 1]!.kind === "relu"; j--) {
      [layers[j - 1], layers[j]] = [layers[j]!, layers[j - 1]!];
    }
  }
}

/**
 * Makes the layers of a path.
 *
 * @param path The steps, without the Embedding.
 * @param weights All weights.
 * @param input The shape of the input.
 * @returns The layers.
 * @throws {UnsupportedLayer} If a step has no counterpart; the message names it.
 * @throws {SyntaxError} If weights are missing or of another shape.
 */
export function buildPath(path: Path, weights: Weights, input: Shape): Built {
  const parts: Built[] = [];
  const layers: Placed[] = [];
  let shape = input;
  for (const step of path) {
    const part = step.branches
      ? buildBranches(step, weights, shape)
      : buildLayer(step.spec, weights, shape);
    shape = part.outputShape(shape);
    parts.push(part);
    layers.push(...part.layers);
  }
  poolBeforeRelu(layers);
  return {
    layers,
    outputShape: (start) => parts.reduce((at, part) => part.outputShape(at), start),
  };
}
