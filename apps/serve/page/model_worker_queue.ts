/// <reference lib="dom" />
import type { Call, Calls, FromModel, ModelInfo, ToModel } from "./protocol.ts";

/** Starts a worker and gives it the model. */
export interface WorkerFactory {
  /** Makes a worker. */
  worker(): Worker;
  /** What it is opened with. */
  readonly open: Calls["open"]["ask"];
}

interface Job {
  readonly call: Call;
  readonly ask: unknown;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

/** How long a call may keep a newer one waiting before its worker is ended, in milliseconds. */
const PATIENCE = 250;

/** How long a worker may take to open the model, in milliseconds. */
const OPENING = 60_000;

/** The order in which waiting calls are made. */
const urgency: readonly Call[] = [
  "classify",
  "explain",
  "explanations",
  "render",
  "deletion",
  "word",
  "score",
];

/**
 * One worker with the model. Of calls of one kind, only the newest counts: one that still waits is
 * dropped when the next comes, and one that computes for long is ended with its worker.
 */
export class ModelWorkerQueue {
  readonly #factory: WorkerFactory;
  #worker: Worker | undefined;
  #opening: Promise<ModelInfo> | undefined;
  #running: Job | undefined;
  #began = 0;
  #id = 0;
  #timer: ReturnType<typeof setTimeout> | undefined;
  #ready = false;
  readonly #waiting = new Map<Call, Job>();

  /** Makes a queue; its worker starts with {@linkcode ModelWorkerQueue.open} or the first call. */
  constructor(factory: WorkerFactory) {
    this.#factory = factory;
  }

  /** Starts the worker, if it does not run, and waits for its model. */
  open(): Promise<ModelInfo> {
    return this.#opening ?? this.#begin();
  }

  /** Starts the worker; if that fails, whoever waits is told, and the next call tries again. */
  #begin(): Promise<ModelInfo> {
    const opening = this.#opening = this.#start();
    opening.catch((error) => {
      if (this.#opening === opening) this.#fail(error.message);
    });
    return opening;
  }

  /** Ends the worker; the next call starts another. */
  end(): void {
    this.#fail("The worker was ended");
  }

  #start(): Promise<ModelInfo> {
    const worker = this.#worker = this.#factory.worker();
    this.#ready = false;
    return new Promise((resolve, reject) => {
      const fail = (why: string) => {
        clearTimeout(timer);
        reject(new Error(why));
      };
      const timer = setTimeout(
        () => fail(`The worker with the model was not ready within ${OPENING / 1000} s`),
        OPENING,
      );
      worker.onerror = (event) => fail(event.message || "The worker did not start");
      worker.onmessage = ({ data }: MessageEvent<FromModel>) => {
        if ("error" in data) return fail(data.error);
        clearTimeout(timer);
        worker.onmessage = ({ data }) => this.#take(data);
        worker.onerror = (event) => this.#fail(event.message);
        this.#ready = true;
        resolve(data.answer as ModelInfo);
        this.#next();
      };
      const message: ToModel = { id: 0, call: "open", ask: this.#factory.open };
      worker.postMessage(message);
    });
  }

  /** Whether something is being computed or waits. */
  get busy(): boolean {
    return this.#running !== undefined || this.#waiting.size > 0;
  }

  /**
   * Asks the worker.
   *
   * @returns The answer; undefined if a newer call of the same kind took its place.
   */
  ask<K extends Call>(call: K, ask: Calls[K]["ask"]): Promise<Calls[K]["answer"] | undefined> {
    return new Promise((resolve, reject) => {
      this.drop(call);
      const job: Job = { call, ask, resolve: resolve as Job["resolve"], reject };
      this.#waiting.set(call, job);
      if (this.#opening === undefined) this.#begin();
      else if (this.#running === undefined) this.#next();
      else this.#hurry();
    });
  }

  /** Forgets a call that waits. */
  drop(call: Call): void {
    this.#waiting.get(call)?.resolve(undefined);
    this.#waiting.delete(call);
  }

  #next(): void {
    if (this.#running !== undefined || !this.#ready) return;
    const call = urgency.find((name) => this.#waiting.has(name));
    if (call === undefined) return;
    const job = this.#waiting.get(call)!;
    this.#waiting.delete(call);
    this.#running = job;
    this.#began = performance.now();
    this.#worker!.postMessage({ id: ++this.#id, call, ask: job.ask });
    if (this.#waiting.size > 0) this.#hurry();
  }

  #take(data: FromModel): void {
    const job = this.#running;
    if (data.id !== this.#id || job === undefined) return;
    this.#running = undefined;
    clearTimeout(this.#timer);
    this.#timer = undefined;
    this.#next();
    if ("error" in data) job.reject(new Error(data.error));
    else job.resolve(data.answer);
  }

  /** Ends a call that keeps one as urgent waiting for too long. */
  #hurry(): void {
    if (this.#timer !== undefined) return;
    const left = this.#began + PATIENCE - performance.now();
    this.#timer = setTimeout(() => {
      this.#timer = undefined;
      const job = this.#running;
      if (job === undefined) return;
      const rank = (call: Call) => urgency.indexOf(call);
      if (![...this.#waiting.keys()].some((call) => rank(call) <= rank(job.call))) return;
      this.#restart();
      job.resolve(undefined);
    }, Math.max(0, left));
  }

  #restart(): void {
    this.#worker?.terminate();
    this.#running = undefined;
    this.#id++;
    this.#begin();
  }

  #fail(why: string): void {
    const jobs = [...(this.#running ? [this.#running] : []), ...this.#waiting.values()];
    this.#running = undefined;
    this.#waiting.clear();
    this.#worker?.terminate();
    this.#ready = false;
    this.#opening = undefined;
    for (const job of jobs) job.reject(new Error(why));
  }
}
