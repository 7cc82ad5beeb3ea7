import { ModelUnavailable } from "@heatword/core";
import type { Asked } from "@heatword/core/remote";
import type { HostAnswer, HostQuestion } from "./_messages.ts";

const kinds: Readonly<Record<string, new (message: string) => Error>> = {
  TypeError,
  RangeError,
  ModelUnavailable,
};

/** Asks the server for what its model says; many questions may be under way. */
export class HostClient implements Asked {
  readonly #send: (question: HostQuestion) => Promise<void>;
  readonly #waiting = new Map<number, PromiseWithResolvers<unknown>>();
  #id = 0;

  /** Makes a client by what sends its questions. */
  constructor(send: (question: HostQuestion) => Promise<void>) {
    this.#send = send;
  }

  /** Has a text read. */
  read: Asked["read"] = (ask) => this.#ask("read", ask);

  /** Has a text scored. */
  scores: Asked["scores"] = (ask) => this.#ask("scores", ask);

  async #ask<T>(call: keyof Asked, ask: unknown): Promise<T> {
    const id = this.#id++;
    const waiting = Promise.withResolvers<unknown>();
    this.#waiting.set(id, waiting);
    await this.#send({ kind: "ask", id, call, ask });
    return await waiting.promise as T;
  }

  /** Takes an answer of the server. */
  take({ id, answer, error }: HostAnswer): void {
    const waiting = this.#waiting.get(id);
    this.#waiting.delete(id);
    if (error === undefined) waiting?.resolve(answer);
    else waiting?.reject(new (kinds[error.name] ?? Error)(error.message));
  }
}
