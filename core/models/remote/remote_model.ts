import type { Coalitions } from "../../coalitions.ts";
import type { Document } from "../../document.ts";
import type { Input, Model } from "../../model.ts";
import type { AboutText } from "../../text_reader.ts";
import type { Asked, ModelAbout, TextRead } from "./messages.ts";

/** A text of a model that is elsewhere. */
export interface RemoteInput extends Input {
  /** The text. */
  readonly text: string;
  /** Positions of deleted words, increasing. */
  readonly gone: readonly number[];
}

/** A model that is elsewhere: a text has to be fetched before it is read. */
export interface RemoteModel extends Model<RemoteInput> {
  /**
   * Has a text read where the model is; then `read` and `encode` have it at once.
   *
   * @param text The text.
   */
  fetchText(text: string): Promise<void>;
}

/** How many texts are kept as they were read. */
const KEPT = 64;
/** How often a text is scored in one question at most, and how many positions it may name. */
const MOST = 1024;
const MOST_POSITIONS = 200_000;

/** Parts of a list of deletions that are no longer than a question may be. */
function* partsOf(deleted: readonly (readonly number[])[]): Generator<(readonly number[])[]> {
  let part: (readonly number[])[] = [];
  let positions = 0;
  for (const set of deleted) {
    if (part.length === MOST || part.length > 0 && positions + set.length > MOST_POSITIONS) {
      yield part;
      [part, positions] = [[], 0];
    }
    part.push(set);
    positions += set.length;
  }
  yield part;
}

/**
 * Whether a model is elsewhere, and texts have to be fetched.
 *
 * @param model The model.
 */
export function isRemote(model: Model): model is Model & RemoteModel {
  return typeof (model as Partial<RemoteModel>).fetchText === "function";
}

/**
 * Has a text read where the model is, if that is elsewhere; to be called before `read`.
 *
 * @param model The model.
 * @param text The text.
 */
export async function fetchText(model: Model, text: string): Promise<void> {
  if (isRemote(model)) await model.fetchText(text);
}

/**
 * Makes a model of one that is elsewhere, behind a {@linkcode ModelHost}: how texts are cut into words,
 * and what becomes of deleted ones, is that model's own matter. Explainers that need scores alone work
 * with it.
 *
 * @param about What the host says of it.
 * @param asked Asks the host.
 * @returns The model.
 *
 * @example
 * ```ts
 * import { explain } from "@heatword/core";
 * import { modelFromFunction } from "@heatword/core/models";
 * import { ModelHost, remoteModel } from "@heatword/core/remote";
 * import "@heatword/datasets/tokenizers";
 * import "@heatword/explainers/occlusion";
 * import { assertEquals } from "@std/assert";
 *
 * const host = new ModelHost(
 *   await modelFromFunction({
 *     classes: ["long", "short"],
 *     outputs: "logits",
 *     predict: (texts) => texts.map(({ length }) => [length, 5]),
 *   }),
 * );
 * const model = remoteModel(host.about, host);
 * await model.fetchText("a film");
 * const { words } = await explain("occlusion", model, model.encode(model.read("a film")), 0);
 * assertEquals([...words], [2, 5]);
 * ```
 */
export function remoteModel(about: ModelAbout, asked: Asked): RemoteModel {
  const kept = new Map<string, TextRead>();
  const readOf = (text: string): TextRead => {
    const read = kept.get(text);
    if (read) return read;
    throw new Error("The model is elsewhere, and the text was not fetched before it was read");
  };
  return {
    ...about,
    async fetchText(text) {
      const read = kept.get(text) ?? await asked.read({ text });
      kept.delete(text);
      kept.set(text, read);
      if (kept.size > KEPT) kept.delete(kept.keys().next().value!);
    },
    read(text: string, of: AboutText = {}): Document {
      const { tokens, unseen, truncated } = readOf(text);
      return {
        text,
        tokens,
        ...(unseen && { unseen }),
        ...(truncated !== undefined && { truncated }),
        ...(of.id !== undefined && { id: of.id }),
        ...(of.label !== undefined && { label: of.label }),
      };
    },
    encode({ text }) {
      const { length, unknown } = readOf(text);
      return { length, text, gone: [], ...(unknown && { unknown }) };
    },
    withoutWords(input, positions) {
      const gone = new Set([...input.gone, ...positions]);
      return { ...input, gone: [...gone].filter((t) => t < input.length).sort((a, b) => a - b) };
    },
    async scores({ text, gone }, coalitions?: Coalitions) {
      const deleted = coalitions === undefined ? [gone] : Array.from(
        { length: coalitions.size },
        (_, m) => [...new Set([...gone, ...coalitions.deleted(m)])],
      );
      const parts = Array.from(partsOf(deleted), (part) => asked.scores({ text, deleted: part }));
      return Float64Array.from((await Promise.all(parts)).flat(2));
    },
  };
}
