import type { OnProgress, Progress } from "@heatword/core";
import { terminalColumns } from "./terminal_columns.ts";

const clock = (seconds: number) => {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((n) => String(n).padStart(2, "0"));
  return (whole >= 3600 ? `${Math.floor(whole / 3600)}:` : "") + parts.join(":");
};

const BAR = 20;

function bar(part: number): string {
  const full = Math.round(BAR * Math.min(1, Math.max(0, part)));
  return ` [${"#".repeat(full)}${"-".repeat(BAR - full)}]`;
}

function line(progress: Progress, first: number, seconds: number, terminal: boolean): string {
  const { task, done, total, unit = "", note } = progress;
  const rate = seconds > 0 ? (done - first) / seconds : 0;
  const count = total === undefined
    ? `${done.toLocaleString("en")} ${unit}`
    : `${Math.floor((100 * done) / (total || 1))} % of ${total.toLocaleString("en")} ${unit}`;
  const left = total === undefined || rate === 0 ? "" : `, ${clock((total - done) / rate)} left`;
  const drawn = terminal && total !== undefined ? bar(done / (total || 1)) : ":";
  return `${task}${drawn} ${count}${left}${note ? `, ${note}` : ""}`;
}

/**
 * Shows progress on stderr: one line with a bar that is rewritten on a terminal, a plain line
 * every ten seconds elsewhere. Work of less than two seconds shows nothing.
 */
export function showProgress(): OnProgress {
  const terminal = Deno.stderr.isTerminal();
  const encoder = new TextEncoder();
  let task = "";
  // Work that goes on where it was cut off does not begin at zero.
  let first = 0;
  let began = 0;
  let shown = 0;
  let open = false;
  return (progress) => {
    const now = performance.now();
    if (progress.task !== task) {
      task = progress.task;
      began = shown = now;
      first = progress.done;
      open = false;
    }
    const last = progress.total !== undefined && progress.done >= progress.total;
    const wait = open ? (terminal ? 100 : 10_000) : 2_000;
    if (now - shown < wait && !(last && open)) return;
    shown = now;
    open = !last;
    const text = line(progress, first, (now - began) / 1000, terminal);
    const width = terminal ? terminalColumns() - 1 : Infinity;
    const output = terminal ? `\r\x1b[K${text.slice(0, width)}${last ? "\n" : ""}` : `${text}\n`;
    Deno.stderr.writeSync(encoder.encode(output));
  };
}
