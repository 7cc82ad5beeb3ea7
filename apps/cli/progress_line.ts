import { formatPercent } from "@heatword/core/counts";
import type { Progress, ProgressFigures } from "@heatword/core";

/** How fast a piece of work goes. */
export interface Pace {
  /** How much was done when it began: work that is resumed does not begin at zero. */
  readonly first: Pick<Progress, "done" | "figures">;
  /** How many seconds it had taken when this was reported. */
  readonly seconds: number;
}

const BAR = 20;

const clock = (seconds: number) => {
  const whole = Math.round(seconds);
  const parts = [Math.floor(whole / 60) % 60, whole % 60].map((n) => String(n).padStart(2, "0"));
  return (whole >= 3600 ? `${Math.floor(whole / 3600)}:` : "") + parts.join(":");
};

const rate = (value: number) => value.toFixed(value < 10 ? 1 : 0);

function bar(part: number): string {
  const full = Math.round(BAR * Math.min(1, Math.max(0, part)));
  return ` [${"#".repeat(full)}${"-".repeat(BAR - full)}]`;
}

function amount(count: number, unit: string): string {
  if (unit === "bytes") return `${(count / 1e6).toFixed(1)} MB`;
  return `${count.toLocaleString("en")} ${unit}`.trimEnd();
}

function figuresOf(figures: ProgressFigures, pace: Pace) {
  const { loss, accuracy, heldOutAccuracy, rows, requests, requestsLeft } = figures;
  const rowsDone = rows === undefined ? 0 : rows - (pace.first.figures?.rows ?? 0);
  return [
    ...(loss === undefined ? [] : [`loss ${loss.toFixed(3)}`]),
    ...(accuracy === undefined ? [] : [`accuracy ${formatPercent(accuracy)}`]),
    ...(heldOutAccuracy === undefined ? [] : [`held-out ${formatPercent(heldOutAccuracy)}`]),
    ...(requests === undefined ? [] : [`${amount(requests, "requests")} made`]),
    ...(requestsLeft ? [`about ${requestsLeft.toLocaleString("en")} to come`] : []),
    ...(rows === undefined || pace.seconds === 0
      ? []
      : [`${rate(rowsDone / pace.seconds)} rows/s`]),
  ];
}

/**
 * Puts progress into one line.
 *
 * @param progress Where the work is.
 * @param pace How fast it goes.
 * @param withBar Whether there is a bar, as terminals have it.
 * @returns The line; it tells once how long the rest will take.
 */
export function progressLine(progress: Progress, pace: Pace, withBar: boolean): string {
  const { task, done, total, unit = "", figures = {} } = progress;
  const perSecond = pace.seconds > 0 ? (done - pace.first.done) / pace.seconds : 0;
  const count = total === undefined
    ? amount(done, unit)
    : `${Math.floor((100 * done) / (total || 1))} % of ${amount(total, unit)}`;
  const parts = [count];
  if (total !== undefined && perSecond > 0) parts.push(`${clock((total - done) / perSecond)} left`);
  if (unit === "bytes" && figures.rows === undefined && perSecond > 0) {
    parts.push(`${rate(perSecond / 1e6)} MB/s`);
  }
  parts.push(...figuresOf(figures, pace));
  const { epoch, epochs } = figures;
  const passes = epoch === undefined ? "" : `, epoch ${epoch}${epochs ? ` of ${epochs}` : ""}`;
  const drawn = withBar && total !== undefined ? bar(done / (total || 1)) : ":";
  return `${task}${passes}${drawn} ${parts.join(", ")}`;
}
