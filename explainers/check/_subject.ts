import {
  type Document,
  type Explainer,
  failCheck as fail,
  type Input,
  type LayeredModel,
  type Model,
  readOptions,
  type Relevance,
  type Target,
  type VectorInput,
} from "@heatword/core";
import { miniModel, type NetworkModel } from "./network_model.ts";

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
  readonly model: NetworkModel;
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
  readonly models: readonly NetworkModel[] = [miniModel({ seed: 1 }), miniModel({ seed: 7 })];
  #trials: Trial[] | undefined;

  /** Puts an explainer under test. */
  constructor(readonly explainer: Explainer) {}

  /** Explains an input, with the default options but for those given; what comes is not checked. */
  async run(
    model: Model,
    input: Input,
    target: Target,
    options: Record<string, unknown> = {},
  ): Promise<Relevance> {
    const [relevance] = await this.runAll(model, input, [target], options);
    return relevance!;
  }

  /** As {@linkcode Subject.run}, for several targets at once. */
  async runAll(
    model: Model,
    input: Input,
    targets: readonly Target[],
    options: Record<string, unknown> = {},
  ): Promise<Relevance[]> {
    const { explainer } = this;
    const values = readOptions(explainer.options, options);
    const asked = { model: model as LayeredModel, input: input as VectorInput, targets };
    const found = await explainer.explain({ ...asked, options: values });
    if (!Array.isArray(found)) fail("it returned no array of results");
    // One that fails later must not end the program.
    void Promise.allSettled(found);
    if (found.some((one) => one instanceof Promise)) {
      fail("it returned a promise in its list of results, not one of the list");
    }
    if (found.length !== targets.length) {
      fail(`it returned ${found.length} results for ${targets.length} targets`);
    }
    const name = explainer.name;
    return targets.map((target, i) => ({ ...found[i]!, explainer: name, options: values, target }));
  }

  /** Every text explained with every model for every target; made once. */
  async trials(): Promise<readonly Trial[]> {
    if (this.#trials !== undefined) return this.#trials;
    const trials: Trial[] = [];
    for (const model of this.models) {
      for (const [name, words] of Object.entries(texts)) {
        for (const target of targets) {
          const input = model.encode(documentOf(words));
          const relevance = await this.run(model, input, target);
          trials.push({ model, input, target, text: `for a text ${name}`, relevance });
        }
      }
    }
    return this.#trials = trials;
  }
}
