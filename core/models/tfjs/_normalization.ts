import { scale } from "../../layers/mod.ts";
import {
  type Built,
  type Origin,
  type Placed,
  type Shape,
  unsupported,
  weightOf,
} from "./_layer_parts.ts";
import type { LayerSpec } from "./_topology.ts";

/** γ · (x − mean) / √(variance + ε) + β, with the moving mean and variance of the training. */
export function buildNormalization(spec: LayerSpec, origin: Origin, input: Shape): Built {
  const { config, name } = spec;
  const axis = Array.isArray(config.axis) && config.axis.length === 1
    ? config.axis[0]
    : config.axis;
  if ((axis ?? -1) !== -1 && axis !== input.length) unsupported(spec, `axis ${axis}`);
  const channels = input.at(-1);
  if (channels === undefined) unsupported(spec, "channels whose number depends on the text");
  const { epsilon = 1e-3 } = config;
  if (typeof epsilon !== "number" || !(epsilon >= 0)) {
    throw new SyntaxError(
      `Cannot read "model.json": "epsilon" of layer "${name}" is ${JSON.stringify(epsilon)}`,
    );
  }
  const weight = (part: string, index: number) => weightOf(origin, spec, [part, index], [channels]);
  const gamma = config.scale === false ? undefined : weight("gamma", 0);
  const beta = config.center === false ? undefined : weight("beta", gamma ? 1 : 0);
  const before = Number(gamma !== undefined) + Number(beta !== undefined);
  const mean = weight("moving_mean", before);
  const variance = weight("moving_variance", before + 1);
  const factors = variance.map((value, j) => (gamma?.[j] ?? 1) / Math.sqrt(value + epsilon));
  const shifts = mean.map((value, j) => (beta?.[j] ?? 0) - value * factors[j]!);
  if (!factors.every(Number.isFinite)) {
    throw new SyntaxError(`Cannot read the model: the variance of layer "${name}" is below 0`);
  }
  const layer = scale(factors, shifts, name);
  return {
    layers: [{ layer, normalization: { factors, shifts } }],
    outputShape: (shape) => shape,
    keepsMask: true,
  };
}

/** Makes batch normalisations a part of the weights of the linear layers that they stand behind. */
export function foldNormalizations(layers: Placed[]): void {
  for (let i = layers.length - 1; i > 0; i--) {
    const { normalization } = layers[i]!;
    const { fold } = layers[i - 1]!;
    if (!normalization || !fold) continue;
    layers.splice(i - 1, 2, fold(normalization.factors, normalization.shifts));
  }
}
