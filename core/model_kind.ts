import type { Awaitable, Model } from "./model.ts";
import { assertPluginName } from "./plugin.ts";
import { Registry } from "./registry.ts";
import type { TokenizerResources } from "./tokenizer.ts";

/** What a model may use when it is opened, and later. */
export interface ModelResources extends Pick<TokenizerResources, "data"> {
  /** Most requests to a server. @default {any number} */
  readonly maxRequests?: number;
  /** Most texts that a server or a program is given at once. @default {that of the kind} */
  readonly batchSize?: number;
  /** How many requests to a server may be under way at once. @default {that of the kind} */
  readonly concurrency?: number;
  /** How long an answer of a server may take, in milliseconds. @default {that of the kind} */
  readonly timeout?: number;
}

/** A kind of model: how it is recognised, and opened. */
export interface ModelKind {
  /** Its name: lower case, digits and hyphens. */
  readonly name: string;
  /** One sentence that says what such a model is. */
  readonly description: string;
  /** Whether it is opened by one worker only, as it is somewhere else and no faster for several. */
  readonly single?: boolean;
  /**
   * Whether something is such a model; must not throw because it is not.
   *
   * @param spec What was given as the model: a folder, a file, an address.
   * @returns Whether this kind should open it.
   */
  recognises(spec: string): Awaitable<boolean>;
  /**
   * Opens a model.
   *
   * @param spec What was given as the model.
   * @param resources Where its tokenizer may look for tables, and what it may use.
   * @returns The model.
   */
  open(spec: string, resources: ModelResources): Promise<Model>;
  /**
   * The files that such a model is read from, so that no program writes over them.
   *
   * @param spec What was given as the model.
   * @returns Their paths.
   * @default {what was given: a file, or all in the folder}
   */
  files?(spec: string): Awaitable<readonly string[]>;
}

/**
 * Checks that something is a kind of model, as far as that can be seen without running it.
 *
 * @param candidate What should be one.
 * @throws {TypeError} If a part is missing or malformed; the message says which.
 */
export function assertModelKind(candidate: unknown): asserts candidate is ModelKind {
  assertPluginName("kind of model", candidate);
  const kind = candidate as ModelKind;
  for (const name of ["recognises", "open"] as const) {
    if (typeof kind[name] !== "function") {
      throw new TypeError(`Cannot take kind of model "${kind.name}": "${name}" must be a function`);
    }
  }
  if (!["function", "undefined"].includes(typeof kind.files)) {
    throw new TypeError(`Cannot take kind of model "${kind.name}": "files" must be a function`);
  }
}

/** The kinds of models that are known. */
export const modelKinds: Registry<ModelKind> = new Registry("kind of model", assertModelKind);
