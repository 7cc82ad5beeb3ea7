import type { Progress } from "@heatword/core";
import { progressLine } from "./progress_line.ts";

/** Where progress is shown. */
export interface ProgressOutput {
  /** Whether a line can be rewritten there. */
  readonly terminal: boolean;
  /** How wide it is. */
  columns(): number;
  /** Writes there, at once. */
  write(text: string): void;
}

/** A clock, as programs have one. */
export interface Clock {
  /** Milliseconds since some moment. */
  now(): number;
  /**
   * Does something later, unless the program has ended by then.
   *
   * @returns Calls it off.
   */
  later(work: () => void, milliseconds: number): () => void;
}

/** How long work is silent, from the beginning of the whole, in milliseconds. */
const SILENCE = 2_000;

/** How often a line is rewritten, and how often a plain one is written, in milliseconds. */
const PAUSE = { terminal: 100, plain: 10_000 };

const CLEAR = "\r\x1b[K";

/** A piece of the work: what is reported under one name until it is done. */
interface Piece {
  readonly first: Progress;
  readonly began: number;
  latest: Progress;
  reported: number;
  shown: boolean;
}

const isDone = ({ done, total }: Progress) => total !== undefined && done >= total;

/** Whether a report goes on with what the one before it was about. */
function continues({ latest }: Piece, { task, done, total, unit }: Progress): boolean {
  return task === latest.task && total === latest.total && unit === latest.unit &&
    done >= latest.done && !isDone(latest);
}

/**
 * Shows the progress of a program: one line with a bar that is rewritten on a terminal, a plain line
 * every ten seconds elsewhere. Nothing is shown in the first two seconds of the whole work, however
 * many pieces it has.
 */
export class ProgressRenderer {
  readonly #output: ProgressOutput;
  readonly #clock: Clock;
  #began: number | undefined;
  #drawn = -Infinity;
  #piece: Piece | undefined;
  /** Whether a line stands on the terminal that is not ended. */
  #open = false;
  #callOff: (() => void) | undefined;

  /** Shows nothing yet. */
  constructor(output: ProgressOutput, clock: Clock) {
    this.#output = output;
    this.#clock = clock;
  }

  /** Takes a report. */
  readonly report = (progress: Progress): void => {
    const now = this.#clock.now();
    this.#began ??= now;
    if (!this.#piece || !continues(this.#piece, progress)) {
      this.#endLine();
      this.#piece = { first: progress, began: now, latest: progress, reported: now, shown: false };
    }
    const piece = this.#piece;
    piece.latest = progress;
    piece.reported = now;
    if (isDone(progress)) {
      this.#stopWaiting();
      if (piece.shown || now - piece.began >= SILENCE) this.#draw(piece, now);
      this.#endLine();
    } else if (now >= this.#due(piece)) this.#draw(piece, now);
    // Work whose end nobody knows may be over by then.
    else if (progress.total !== undefined) {
      this.#callOff ??= this.#clock.later(() => this.#drawLate(), this.#due(piece) - now);
    }
  };

  /** Takes an unfinished line off the terminal, before something else is written there. */
  readonly clear = (): void => {
    if (this.#open) this.#output.write(CLEAR);
    this.#open = false;
  };

  /** Ends an unfinished line: no more is to come. */
  readonly end = (): void => {
    this.#stopWaiting();
    this.#endLine();
    this.#piece = undefined;
  };

  /** When the next line may be drawn. */
  #due({ began, first, shown }: Piece): number {
    const pause = this.#output.terminal ? PAUSE.terminal : PAUSE.plain;
    // Of what nobody knows the end of, a first line right away would mostly be the only one.
    const ownSilence = first.total === undefined && !shown ? began + SILENCE : 0;
    return Math.max(this.#began! + SILENCE, this.#drawn + pause, ownSilence);
  }

  #drawLate(): void {
    this.#callOff = undefined;
    if (this.#piece) this.#draw(this.#piece, this.#clock.now());
  }

  #draw(piece: Piece, now: number): void {
    this.#stopWaiting();
    const { first, latest, began, reported } = piece;
    const { terminal } = this.#output;
    const pace = { first, seconds: (reported - began) / 1000 };
    const line = progressLine(latest, pace, terminal);
    if (terminal) this.#output.write(CLEAR + line.slice(0, this.#output.columns() - 1));
    else this.#output.write(`${line}\n`);
    this.#open = terminal;
    this.#drawn = now;
    piece.shown = true;
  }

  #endLine(): void {
    if (this.#open) this.#output.write("\n");
    this.#open = false;
  }

  #stopWaiting(): void {
    this.#callOff?.();
    this.#callOff = undefined;
  }
}
