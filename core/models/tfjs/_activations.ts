import {
  type ElementFunction,
  elementwise,
  eluFunction,
  geluFunction,
  hardSigmoidFunction,
  leakyReluFunction,
  linearFunction,
  relu,
  reluFunction,
  sigmoidFunction,
  softplusFunction,
  swishFunction,
  tanhFunction,
} from "../../layers/mod.ts";
import { type Origin, type Placed, unsupported } from "./_layer_parts.ts";
import type { LayerSpec } from "./_topology.ts";

/** The function that goes by a name in Keras. */
function functionOf(
  name: unknown,
  { version }: Pick<Origin, "version">,
): ElementFunction | undefined {
  switch (name ?? "linear") {
    case "linear":
      return linearFunction;
    case "relu":
      return reluFunction;
    case "tanh":
      return tanhFunction;
    case "sigmoid":
      return sigmoidFunction;
    case "hard_sigmoid":
      // By the same name Keras 3 means another slope.
      return hardSigmoidFunction(version.startsWith("3.") ? 1 / 6 : 0.2);
    case "elu":
      return eluFunction();
    case "gelu":
      return geluFunction;
    case "softplus":
      return softplusFunction;
    case "swish":
    case "silu":
      return swishFunction;
  }
}

/**
 * The function that a setting of a layer names.
 *
 * @throws {UnsupportedLayer} If it is not known.
 */
export function functionIn(
  spec: LayerSpec,
  origin: Pick<Origin, "version">,
  field = "activation",
): ElementFunction {
  const name = spec.config[field];
  return functionOf(name, origin) ??
    unsupported(spec, `${field} ${typeof name === "string" ? `"${name}"` : JSON.stringify(name)}`);
}

/** The activation that a layer ends with. */
export function activationLayers(
  spec: LayerSpec,
  origin: Pick<Origin, "version">,
  name = `${spec.name}/${spec.config.activation}`,
): Placed[] {
  const f = functionIn(spec, origin);
  if (f === linearFunction) return [];
  return f === reluFunction
    ? [{ layer: relu(name), kind: "relu" }]
    : [{ layer: elementwise(f, name) }];
}

/** A number among the settings of a layer, under the first of some names that it has. */
function numberIn({ name, config }: LayerSpec, fields: readonly string[], absent: number): number {
  const field = fields.find((field) => config[field] !== undefined && config[field] !== null);
  const value = field === undefined ? absent : config[field];
  if (typeof value === "number" && Number.isFinite(value)) return value;
  throw new SyntaxError(
    `Cannot read "model.json": "${field}" of layer "${name}" is ${JSON.stringify(value)}`,
  );
}

/** The layers that are activations by themselves; nothing for other layers. */
export function activationLayer(
  spec: LayerSpec,
  origin: Pick<Origin, "version">,
): Placed[] | undefined {
  const { className, name, config } = spec;
  switch (className) {
    case "LeakyReLU": {
      const slope = numberIn(spec, ["negative_slope", "alpha"], 0.3);
      return [{ layer: elementwise(leakyReluFunction(slope), name) }];
    }
    case "ELU":
      return [{ layer: elementwise(eluFunction(numberIn(spec, ["alpha"], 1)), name) }];
    case "Activation":
      return activationLayers(spec, origin, name);
    case "ReLU":
      for (const field of ["max_value", "negative_slope", "threshold"]) {
        if (config[field] !== undefined && config[field] !== null && config[field] !== 0) {
          unsupported(spec, `${field} ${config[field]}`);
        }
      }
      return [{ layer: relu(name), kind: "relu" }];
  }
}
