import type { SharedModel } from "@heatword/core/models";
import { UsageError } from "../../cli/usage_error.ts";
import type { BatchSettings } from "../_settings.ts";
import { type Answer, type Order, type Outcome, type Rejection, rejection } from "./_messages.ts";
import type { Row } from "./_rows.ts";

/** How long a worker may take to start at least, in milliseconds. */
const START = 120_000;

/** How many rows may take too long before the run is given up. */
const MOST_LATE = 8;

/** A worker that gives no more answers. */
class WorkerLost extends Error {}

function joined(parts: readonly Uint8Array[]): Uint8Array<ArrayBuffer> {
  const whole = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    whole.set(part, at);
    at += part.length;
  }
  return whole;
}

/**
 * A worker that explains rows. One that is lost, as it failed outside of a row or gave no answer in
 * time, loses the row that it was at, and another takes its place.
 */
export class Hand {
  /**
   * How many workers gave no answer in time. Ending a worker does not stop what it computes, so each
   * may keep a core busy, and the program from ending by itself.
   */
  static late = 0;
  readonly #settings: BatchSettings;
  readonly #model: SharedModel | undefined;
  #worker: Worker | undefined;
  #timer: ReturnType<typeof setTimeout> | undefined;
  /** Answers that nobody waits for yet; an error is the last there is. */
  #answers: (Answer | WorkerLost)[] = [];
  #wake: (() => void) | undefined;

  constructor(settings: BatchSettings, model?: SharedModel) {
    this.#settings = settings;
    this.#model = model;
  }

  /** Starts the worker; gives what people should know. */
  async start(): Promise<readonly string[]> {
    const worker = new Worker(new URL("./_worker.ts", import.meta.url), { type: "module" });
    this.#worker = worker;
    this.#answers = [];
    worker.onmessage = ({ data }: MessageEvent<Answer>) => this.#take(data);
    worker.onerror = (event) => {
      event.preventDefault();
      this.#lose(`A worker failed: ${event.message}`);
    };
    const model = this.#model;
    this.#send({ kind: "open", settings: this.#settings, ...(model && { model }) });
    const { notes } = await this.#next(
      Math.max(START, this.#settings.timeLimit),
      (seconds) => `A worker did not start within ${seconds} seconds`,
    ) as Extract<Answer, { kind: "ready" }>;
    return notes;
  }

  /** Explains rows. */
  async explain(rows: readonly Row[], onRow: () => void): Promise<Outcome> {
    const outputs: Uint8Array[] = [];
    const rejected: Rejection[] = [];
    for (let at = 0, sent = false; at < rows.length; at++) {
      try {
        if (!this.#worker) await this.start();
        if (!sent) this.#send({ kind: "explain", rows: rows.slice(at) });
        sent = true;
        const outcome = await this.#next(
          this.#settings.timeLimit,
          (seconds) => `It took longer than ${seconds} seconds; see --time-limit`,
        ) as Extract<Answer, { kind: "explained" }>;
        outputs.push(outcome.output);
        rejected.push(...outcome.rejected);
      } catch (error) {
        if (!(error instanceof WorkerLost) || !sent) throw error;
        if (Hand.late > MOST_LATE) {
          throw new Error(`${Hand.late} rows took too long; the last one: ${error.message}`);
        }
        rejected.push(rejection(rows[at]!, error.message));
        sent = false;
      }
      onRow();
    }
    return { output: joined(outputs), rejected };
  }

  /** Ends the worker. */
  end(): void {
    clearTimeout(this.#timer);
    if (!this.#worker) return;
    this.#worker.onmessage = this.#worker.onerror = null;
    this.#worker.terminate();
    this.#worker = undefined;
  }

  #send(order: Order): void {
    this.#worker!.postMessage(order);
  }

  #take(answer: Answer | WorkerLost): void {
    this.#answers.push(answer);
    this.#wake?.();
  }

  #lose(why: string): void {
    this.end();
    this.#take(new WorkerLost(why));
  }

  /** The next answer. */
  async #next(limit: number, late: (seconds: number) => string): Promise<Answer> {
    if (this.#answers.length === 0) {
      this.#timer = setTimeout(() => {
        Hand.late++;
        this.#lose(late(limit / 1000));
      }, limit);
      await new Promise<void>((resolve) => this.#wake = resolve);
      clearTimeout(this.#timer);
    }
    const answer = this.#answers.shift()!;
    if (answer instanceof WorkerLost) throw answer;
    if (answer.kind !== "failed") return answer;
    throw answer.usage ? new UsageError(answer.message) : new Error(answer.message);
  }
}
