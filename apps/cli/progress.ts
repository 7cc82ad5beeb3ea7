import type { OnProgress } from "@heatword/core";
import { type Clock, type ProgressOutput, ProgressRenderer } from "./progress_renderer.ts";
import { terminalColumns } from "./terminal_columns.ts";

const encoder = new TextEncoder();

const standardError: ProgressOutput = {
  terminal: Deno.stderr.isTerminal(),
  columns: terminalColumns,
  write: (text) => void Deno.stderr.writeSync(encoder.encode(text)),
};

const clock: Clock = {
  now: () => performance.now(),
  later(work, milliseconds) {
    const timer = setTimeout(work, milliseconds);
    Deno.unrefTimer(timer);
    return () => clearTimeout(timer);
  },
};

const renderer = new ProgressRenderer(standardError, clock);

/** What writes lines: the console, or what stands for it. */
export type Writer = Pick<Console, "log" | "info" | "warn" | "error" | "debug">;

/**
 * Has a line of progress taken away before a message is written, whoever writes it: a program, a
 * plugin, a library.
 *
 * @param writer What writes messages.
 * @param clear Takes the line away.
 */
export function keepLinesWhole(writer: Writer, clear: () => void): void {
  for (const name of ["log", "info", "warn", "error", "debug"] as const) {
    const write = writer[name].bind(writer);
    writer[name] = (...values: unknown[]) => {
      clear();
      write(...values);
    };
  }
}

let guarded = false;

/** Shows the progress of this program on standard error; see {@linkcode ProgressRenderer}. */
export function showProgress(): OnProgress {
  if (!guarded && standardError.terminal) keepLinesWhole(console, renderer.clear);
  guarded = true;
  return renderer.report;
}

/** Takes a line of progress away before anything is written other than by the console. */
export const clearProgress = renderer.clear;

/** Ends a line of progress that is not finished. */
export const endProgress = renderer.end;
