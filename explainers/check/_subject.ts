import {
  type Document,
  type Explainer,
  type Input,
  type LayeredModel,
  type Model,
  readOptions,
  type Relevance,
  type Target,
  type VectorInput,
} from "@heatword/core";
import { miniModel } from "./network_model.ts";

/** A document of some words. */
export function documentOf(words: readonly string[]): Document {
  let start = 0;
  const tokens = words.map((text) => {
    const token = { text, start, end: start + text.length };
    start = token.end + 1;
    return token;
  });
  return { text: words.join(" "), tokens };
}

/** Fails a check, with what is wrong. */
export function fail(what: string): never {
  throw new Error(what);
}

/** A number for a message. */
export const show = (value: number): string => Number(value.toPrecision(6)).toString();

/** The largest difference between two lists of relevances, as a part of the largest of them. */
export function difference(one: ArrayLike<number>, other: ArrayLike<number>): number {
  let largest = 0;
  let most = 1e-12;
  for (let i = 0; i < Math.max(one.length, other.length); i++) {
    most = Math.max(most, Math.abs(one[i]!), Math.abs(other[i]!));
    largest = Math.max(largest, Math.abs(one[i]! - other[i]!));
    if (!Number.isFinite(largest)) return Infinity;
  }
  return largest / most;
}

/** What the texts are that checks run on. */
export const texts: Readonly<Record<string, readonly string[]>> = {
  "of eight words": ["the", "ride", "was", "long", "but", "engines", "never", "stop"],
  "with repeated words": ["ride", "long", "ride", "engines", "stop", "ride"],
  "of two words": ["long", "ride"],
  "of one word": ["ride"],
  "of no word": [],
  "of unknown words": ["unknown1", "unknown2", "unknown3"],
  "with an unknown word": ["the", "unknown1", "ride", "stop"],
};

/** The targets that checks run on: a class, and a difference of classes. */
export const targets: readonly Target[] = [1, { of: 2, against: 0 }];

/** An explanation, and what was explained. */
export interface Trial {
  /** The model. */
  readonly model: LayeredModel;
  /** The input. */
  readonly input: VectorInput;
  /** The target. */
  readonly target: Target;
  /** Which text it is, for messages. */
  readonly text: string;
  /** What the explainer gave, with its default options. */
  readonly relevance: Relevance;
}

/** The explainer under test, with models and shorthands to run it. */
export class Subject {
  /** The models it is tried on. */
  readonly models: readonly LayeredModel[] = [miniModel({ seed: 1 }), miniModel({ seed: 7 })];
  #trials: Trial[] | undefined;

  /** Puts an explainer under test. */
  constructor(readonly explainer: Explainer) {}

  /** Explains an input, with the default options but for those given; what comes is not checked. */
  run(
    model: Model,
    input: Input,
    target: Target,
    options: Record<string, unknown> = {},
  ): Relevance {
    const { explainer } = this;
    return explainer.explain(model, input, target, readOptions(explainer.options, options));
  }

  /** Every text explained with every model for every target; made once. */
  get trials(): readonly Trial[] {
    return this.#trials ??= this.models.flatMap((model) =>
      Object.entries(texts).flatMap(([name, words]) =>
        targets.map((target) => {
          const input = model.encode(documentOf(words));
          const relevance = this.run(model, input, target);
          return { model, input, target, text: `for a text ${name}`, relevance };
        })
      )
    );
  }
}

/** One thing that an explainer has to do right. */
export interface Check {
  /** What is checked, as a statement. */
  readonly name: string;
  /** Why it does not apply to this explainer, if it does not. */
  readonly skip?: (subject: Subject) => string | undefined;
  /** Fails by throwing an error whose message says what is wrong. */
  readonly run: (subject: Subject) => void;
}
