import {
  type ExplainRequest,
  objectField,
  readExplainRequest,
  type RequestFacts,
  requestFields,
  shown,
} from "./_explain_request.ts";
import { Problem, problemBody, reportFault } from "./_problem.ts";

/** The most texts of a batch. */
export const MAX_BATCH = 1000;

/** The largest body of a batch, in bytes. */
export const MAX_BATCH_BYTES = 2 ** 24;

/** How many batches are taken at once: each holds its texts in memory until it is answered. */
export const MAX_BATCHES = 32;

/** Counts the batches that are received or answered. */
export class BatchPlaces {
  #taken = 0;

  /**
   * Takes a place.
   *
   * @returns Gives it back; what is called again does nothing.
   * @throws {Problem} 503 if none is free.
   */
  take(): () => void {
    if (this.#taken >= MAX_BATCHES) {
      throw new Problem(503, `${MAX_BATCHES} batches are being answered: try again in a moment`);
    }
    this.#taken++;
    let isTaken = true;
    return () => {
      if (isTaken) this.#taken--;
      isTaken = false;
    };
  }
}

/** What is asked of one text of a batch, or why that cannot be answered. */
export type BatchItem = ExplainRequest | Problem;

const batchFields = ["texts", ...requestFields.filter((name) => name !== "text")];

/** The fields of a text of a batch. */
const fieldsOf = (item: unknown): object =>
  typeof item === "object" && item !== null && !Array.isArray(item) ? item : { text: item };

/**
 * Checks what is said for all texts, which holds without any of them: for the models that they are
 * asked of, one of which must be able to answer. An unknown model of a text is that text's fault.
 *
 * @throws {Problem} If none can.
 */
function checkCommon(
  common: Record<string, unknown>,
  texts: readonly unknown[],
  facts: RequestFacts,
): void {
  readExplainRequest({ text: "a", model: common.model }, facts);
  const known = facts.models.map(({ name }) => name);
  const all = texts.map((item) => ({ ...common, ...fieldsOf(item) }.model ?? known[0]));
  const asked = known.filter((name) => all.includes(name));
  const problems: unknown[] = [];
  for (const model of asked.length > 0 ? asked : [common.model]) {
    try {
      readExplainRequest({ ...common, model, text: "a" }, facts);
      return;
    } catch (error) {
      problems.push(error);
    }
  }
  throw problems[0];
}

/**
 * Checks a batch. What is wrong with one text is no fault of the others.
 *
 * @param body The body of the request, as JSON has it.
 * @param facts The models, with classes and usual explainer, and limits.
 * @returns What is asked of each text, in their order.
 * @throws {Problem} If what is asked of all of them cannot be answered, or there are none or too many.
 */
export function readBatch(body: unknown, facts: RequestFacts): BatchItem[] {
  const { texts, ...common } = objectField(body, 'an object with "texts"', batchFields);
  if (!Array.isArray(texts)) {
    throw new Problem(
      400,
      texts === undefined
        ? 'The field "texts" is missing'
        : `The field "texts" takes a list, not ${shown(texts)}`,
    );
  }
  if (texts.length === 0) throw new Problem(422, "There are no texts: there is nothing to explain");
  if (texts.length > MAX_BATCH) {
    throw new Problem(413, `There are ${texts.length} texts: give at most ${MAX_BATCH} at once`);
  }
  checkCommon(common, texts, facts);
  return texts.map((item: unknown): BatchItem => {
    try {
      return readExplainRequest({ ...common, ...fieldsOf(item) }, facts);
    } catch (error) {
      if (error instanceof Problem) return error;
      throw error;
    }
  });
}

/** Explains one text, until nobody waits for it any more. */
export type Explain = (request: ExplainRequest, signal: AbortSignal) => Promise<string>;

/**
 * Answers a batch: a line of JSON for each text, in their order, as soon as it and those before it
 * are explained. No more is computed ahead than can be at once, so who reads slowly is waited for.
 *
 * @param items What is asked.
 * @param explain Explains.
 * @param ahead How many texts are explained at once.
 * @param gone Aborted when the client is gone.
 * @param ended Called when all is answered, or nobody waits any more; perhaps more than once.
 * @returns The lines.
 */
export function answerBatch(
  items: readonly BatchItem[],
  explain: Explain,
  ahead: number,
  gone: AbortSignal,
  ended: () => void = () => {},
): ReadableStream<Uint8Array> {
  const cancelled = new AbortController();
  const signal = AbortSignal.any([gone, cancelled.signal]);
  if (signal.aborted) ended();
  signal.addEventListener("abort", ended);
  const encoder = new TextEncoder();
  const line = async (item: BatchItem, index: number): Promise<string> => {
    try {
      if (item instanceof Problem) throw item;
      return JSON.stringify({ index, explanation: JSON.parse(await explain(item, signal)) });
    } catch (error) {
      if (!signal.aborted) reportFault(error);
      return JSON.stringify({ index, problem: problemBody(error) });
    }
  };
  const running: Promise<string>[] = [];
  let next = 0;
  const begin = () => {
    for (; running.length < ahead && next < items.length; next++) {
      running.push(line(items[next]!, next));
    }
  };
  return new ReadableStream({
    async pull(controller) {
      begin();
      const first = running.shift();
      if (first === undefined || signal.aborted) {
        ended();
        return controller.close();
      }
      const done = await first;
      if (signal.aborted) return controller.close();
      controller.enqueue(encoder.encode(`${done}\n`));
      begin();
    },
    cancel: () => cancelled.abort(),
  });
}
