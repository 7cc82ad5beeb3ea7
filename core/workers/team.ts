/** What a member of a team is told when it starts. */
export interface TeamStart<T> {
  /** Three counters: the step, how many members are done with it, how many failed. */
  readonly control: Int32Array;
  /** The message of a failure, in UTF-8. */
  readonly failure: Uint8Array;
  /** Which member this is, from 1; member 0 is the thread that leads. */
  readonly rank: number;
  /** How many members there are. */
  readonly size: number;
  /** What the work needs. */
  readonly setup: T;
}

const STEP = 0;
const DONE = 1;
const FAILED = 2;
const QUIT = -1;

/** Waits until a counter differs from a value; looks a while before it sleeps. */
function waitWhile(control: Int32Array, index: number, value: number): void {
  for (let i = 0; i < 2000; i++) if (Atomics.load(control, index) !== value) return;
  // The timeout lets a thread that was told to stop notice it.
  while (Atomics.load(control, index) === value) Atomics.wait(control, index, value, 1000);
}

/**
 * Threads that go through the same steps together, each doing its part of every step. The leading
 * thread is member 0 and does its part too.
 */
export class Team<T> {
  /** How many members there are, the leading thread included. */
  readonly size: number;
  readonly #control = new Int32Array(new SharedArrayBuffer(12));
  readonly #failure = new Uint8Array(new SharedArrayBuffer(500));
  readonly #workers: Worker[] = [];
  readonly #part: (rank: number, size: number) => void;

  private constructor(size: number, part: (rank: number, size: number) => void) {
    this.size = size;
    this.#part = part;
  }

  /**
   * Starts a team.
   *
   * @param size How many members; 1 starts no thread.
   * @param script The module that the threads run; it calls {@linkcode joinTeam}.
   * @param setup What the work needs, such as memory that all share; copied to every thread.
   * @param part What the leading thread does in each step.
   */
  static async start<T>(
    size: number,
    script: URL,
    setup: T,
    part: (rank: number, size: number) => void,
  ): Promise<Team<T>> {
    const team = new Team<T>(size, part);
    const ready: Promise<void>[] = [];
    for (let rank = 1; rank < size; rank++) {
      const worker = new Worker(script, { type: "module", name: `heatword ${rank}` });
      team.#workers.push(worker);
      ready.push(
        new Promise((resolve, reject) => {
          worker.onmessage = () => resolve();
          worker.onerror = (event) => {
            event.preventDefault();
            reject(new Error(`Cannot start a worker: ${event.message}`));
          };
        }),
      );
      const start: TeamStart<T> = {
        control: team.#control,
        failure: team.#failure,
        rank,
        size,
        setup,
      };
      worker.postMessage(start);
    }
    await Promise.all(ready);
    return team;
  }

  /**
   * Goes through one step and returns when all members are done with it.
   *
   * @throws {Error} If a member failed.
   */
  step(): void {
    const control = this.#control;
    Atomics.store(control, DONE, 0);
    Atomics.add(control, STEP, 1);
    Atomics.notify(control, STEP);
    this.#part(0, this.size);
    for (let done = 0; done < this.size - 1;) {
      waitWhile(control, DONE, done);
      done = Atomics.load(control, DONE);
    }
    if (Atomics.load(control, FAILED) > 0) {
      const message = new TextDecoder().decode(this.#failure.slice()).replace(/\0+$/, "");
      throw new Error(`A worker failed: ${message}`);
    }
  }

  /** Ends the threads. */
  stop(): void {
    Atomics.store(this.#control, STEP, QUIT);
    Atomics.notify(this.#control, STEP);
  }
}

/**
 * Does a thread's part of every step until the team is stopped; called by a worker's script.
 *
 * @param prepare Makes the function that does the part, from what the team was started with.
 */
export function joinTeam<T>(
  prepare: (start: TeamStart<T>) => (rank: number, size: number) => void,
): void {
  const scope = self as unknown as Worker & { close(): void };
  scope.onmessage = ({ data }: MessageEvent<TeamStart<T>>) => {
    const { control, failure, rank, size } = data;
    const part = prepare(data);
    let step = Atomics.load(control, STEP);
    scope.postMessage("ready");
    while (true) {
      waitWhile(control, STEP, step);
      step = Atomics.load(control, STEP);
      if (step === QUIT) break;
      try {
        part(rank, size);
      } catch (error) {
        failure.set(new TextEncoder().encode(String(error)).subarray(0, failure.length));
        Atomics.add(control, FAILED, 1);
      }
      Atomics.add(control, DONE, 1);
      Atomics.notify(control, DONE);
    }
    scope.close();
  };
}
