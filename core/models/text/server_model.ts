import { type ModelKind, modelKinds } from "../../model_kind.ts";
import type { Model } from "../../model.ts";
import { ModelUnavailable } from "../../model_unavailable.ts";
import { environmentVariable } from "../../permissions.ts";
import type { TokenizerResources } from "../../tokenizer.ts";
import { fromLabels, isLabels } from "./_labels.ts";
import { type Answer, AnswerReader, notesOn, trialText } from "./_protocol.ts";
import { type HttpAnswer, type RequestOptions, Requests, statusText } from "./_requests.ts";
import type { TextModelOptions } from "./options.ts";
import { type TextInput, textModel } from "./text_model.ts";

export type { RequestOptions };

/** How a model behind an address is used. */
export interface ServerModelOptions extends TextModelOptions, RequestOptions {}

/** The two ways to ask; the answer says which of them a server takes. */
type Asking = (texts: readonly string[]) => unknown;
const protocol: Asking = (texts) => ({ texts });
// By default these endpoints give the best labels alone.
const huggingFace: Asking = (texts) => ({ inputs: texts, parameters: { top_k: 10_000 } });
const plainHuggingFace: Asking = (texts) => ({ inputs: texts });

/** Answers that say nothing of the texts: others would get them, too. */
const FOR_ALL = new Set([301, 302, 303, 307, 308, 401, 403, 404, 405, 410]);

/** Asks a server for scores. */
class Server {
  readonly #url: string;
  readonly #requests: Requests;
  readonly #reader: AnswerReader;
  #asking: Asking = protocol;
  #classes: readonly string[] | undefined;
  /** The largest number of texts that the server takes, as far as is known. */
  #max = Infinity;

  constructor(url: string, options: RequestOptions) {
    this.#url = url;
    this.#requests = new Requests(url, options);
    this.#reader = new AnswerReader(url);
  }

  /** How many requests were made. */
  get requests(): number {
    return this.#requests.made;
  }

  /** Learns the classes, and how the server wants to be asked. */
  async open(): Promise<{ classes: readonly string[]; notes: readonly string[] }> {
    let last: HttpAnswer | undefined;
    for (const asking of [protocol, huggingFace, plainHuggingFace]) {
      last = await this.#requests.post(asking([trialText]));
      if (last.status === 401 || last.status === 403) break;
      const { status, body } = last;
      const fits = asking === protocol
        ? typeof body === "object" && body !== null && "classes" in body
        : isLabels(body);
      if (status !== 200 || !fits) continue;
      this.#asking = asking;
      const answer = this.#read(body, [trialText]);
      this.#classes = answer.classes;
      return { classes: answer.classes, notes: notesOn(answer, body) };
    }
    throw this.#refused(last!);
  }

  #refused(answer: HttpAnswer): Error {
    if (answer.status === 401 || answer.status === 403) {
      return new Error(
        `${this.#url} answers ${
          statusText(answer)
        }; headers are taken from HEATWORD_MODEL_HEADERS, ` +
          'e.g. {"Authorization": "Bearer …"}',
      );
    }
    return new Error(
      `${this.#url} is not a model: asked by {"texts": […]} and by {"inputs": […]}, it answers ` +
        `${statusText(answer)}, and not {"classes": […], "scores": [[…]]}`,
    );
  }

  #read(body: unknown, texts: readonly string[]): Answer {
    if (this.#asking === protocol) return this.#reader.read(body, texts);
    try {
      return this.#reader.read(fromLabels(body, texts.length, this.#classes), texts);
    } catch (error) {
      const { message } = error as Error;
      throw message.startsWith("gave ") ? new ModelUnavailable(`${this.#url} ${message}`) : error;
    }
  }

  /** Scores texts; a batch that is too large for the server is asked for in parts. */
  async score(texts: readonly string[]): Promise<readonly Float64Array[]> {
    if (texts.length > this.#max) {
      const rows = await this.score(texts.slice(0, this.#max));
      return [...rows, ...await this.score(texts.slice(rows.length))];
    }
    const answer = await this.#requests.post(this.#asking(texts));
    if (answer.status === 413 && texts.length > 1) {
      this.#max = Math.min(this.#max, Math.ceil(texts.length / 2));
      return await this.score(texts);
    }
    if (answer.status !== 200) {
      const message = `${this.#url} answers ${statusText(answer)}`;
      throw FOR_ALL.has(answer.status) ? new ModelUnavailable(message) : new Error(message);
    }
    return this.#read(answer.body, texts).rows;
  }
}

/**
 * Makes a model of a server that classifies texts: `POST {"texts": […]}` gives
 * `{"classes": […], "scores": [[…], …]}`, a row for each text with a number for each class, before
 * softmax, or `"probabilities"` in place of `"scores"`; or else `POST {"inputs": […]}` gives
 * `[[{"label", "score"}, …], …]`, as text-classification endpoints of Hugging Face do, where scores are
 * probabilities.
 *
 * @param url The address.
 * @param options How it is used, and how requests are made. By default a batch has 32 texts, and four
 * are under way at once.
 * @param resources Where its tokenizer may look for tables.
 * @returns The model.
 * @throws {Error} If the server is no such model. `scores` of the model throws if it gives no answer, or
 * one about other classes, another number of texts, or with what is no number.
 *
 * @example
 * ```ts ignore
 * import { modelFromServer } from "@heatword/core/models";
 *
 * const model = await modelFromServer("http://127.0.0.1:8000/", { concurrency: 2 });
 * ```
 */
export async function modelFromServer(
  url: string,
  options: ServerModelOptions = {},
  resources: TokenizerResources = {},
): Promise<Model<TextInput>> {
  if (!URL.canParse(url)) {
    throw new TypeError(`Cannot ask ${JSON.stringify(url)}: it is not an address`);
  }
  const server = new Server(url, options);
  const { classes, notes } = await server.open();
  return await textModel({
    batchSize: 32,
    concurrency: 4,
    ...options,
    classes,
    limitation: "it is a server that classifies texts",
    ...(notes.length > 0 && { notes }),
    score: (texts) => server.score(texts),
    requests: () => server.requests,
  }, resources);
}

/** The headers of the environment. */
function headersOfEnvironment(): Record<string, string> {
  const given = environmentVariable("HEATWORD_MODEL_HEADERS");
  if (!given) return {};
  const refuse = () =>
    new TypeError(
      'HEATWORD_MODEL_HEADERS is not a JSON object of texts, as {"Authorization": "Bearer …"}',
    );
  let headers: unknown;
  try {
    headers = JSON.parse(given);
  } catch {
    throw refuse();
  }
  const isObject = typeof headers === "object" && headers !== null && !Array.isArray(headers);
  if (!isObject || Object.values(headers!).some((value) => typeof value !== "string")) {
    throw refuse();
  }
  return headers as Record<string, string>;
}

/** Servers that classify texts. */
export const serverKind: ModelKind = modelKinds.register({
  name: "server",
  description: "https://… or http://…: a server that answers texts with scores of classes",
  single: true,
  recognises: (spec) => /^https?:\/\//.test(spec),
  open: (spec, { maxRequests, batchSize, concurrency, timeout, ...resources }) =>
    modelFromServer(spec, {
      headers: headersOfEnvironment(),
      ...(maxRequests !== undefined && { maxRequests }),
      ...(batchSize !== undefined && { batchSize }),
      ...(concurrency !== undefined && { concurrency }),
      ...(timeout !== undefined && { timeout }),
    }, resources),
});
