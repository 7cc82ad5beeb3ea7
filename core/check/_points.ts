import {
  type DifferentiableModel,
  isDifferentiable,
  isLayered,
  type VectorInput,
} from "../model.ts";
import { Random } from "../random.ts";
import type { ModelSubject } from "./_model_subject.ts";

/** Why checks of gradients do not apply. */
export const noGradients = ({ model }: ModelSubject): string | undefined =>
  isDifferentiable(model) ? undefined : "it gives no gradients";

/** Why checks of layers do not apply. */
export const noLayers = ({ model }: ModelSubject): string | undefined =>
  isLayered(model) ? undefined : "it shows no layers";

/** A point at which no two windows are equal, near a text. */
export interface Point {
  /** The text, for messages. */
  readonly name: string;
  /** The point. */
  readonly input: VectorInput;
  /** How large a number of a word vector is. */
  readonly scale: number;
}

/** Moves to a drawn point in float64, which need not be that of any text. */
export function pointsOf(subject: ModelSubject): Point[] {
  const model = subject.model as DifferentiableModel;
  return subject.several.map(({ name, input }) => {
    const { vectors } = input as VectorInput;
    const squares = [...vectors].reduce((sum, x) => sum + x * x, 0);
    const scale = Math.sqrt(squares / Math.max(1, vectors.length)) || 0.1;
    const random = new Random(vectors.length);
    const moved = Float64Array.from(vectors, (x) => x + 0.5 * scale * random.normal());
    return { name, scale, input: model.withVectors(input as VectorInput, moved) };
  });
}

/** Weights of the classes: the first one alone, and drawn ones. */
export function weightsOf({ model: { classes } }: ModelSubject): Float64Array[] {
  const random = new Random(7);
  return [
    Float64Array.from(classes, (_, c) => c === 0 ? 1 : 0),
    Float64Array.from(classes, () => random.normal()),
  ];
}
