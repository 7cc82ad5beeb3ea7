import { escapeHtml } from "../heatmap/escape.ts";

/** A fragment of HTML that is safe as it stands. */
export class Html {
  constructor(readonly source: string) {}
}

type Value = string | number | Html | readonly Html[] | undefined | false;

/** HTML from a template: strings and numbers are escaped, fragments are not. */
export function html(parts: TemplateStringsArray, ...values: readonly Value[]): Html {
  const write = (value: Value): string => {
    if (value === undefined || value === false) return "";
    if (value instanceof Html) return value.source;
    if (Array.isArray(value)) return value.map(write).join("\n");
    return escapeHtml(String(value));
  };
  return new Html(parts.map((part, i) => (i === 0 ? part : write(values[i - 1]) + part)).join(""));
}

/** An SVG file as part of a page, where the namespace goes without saying. */
export function inlineSvg(file: string | undefined): Html {
  return new Html((file ?? "").replace(/ xmlns="[^"]*"/, "").trim());
}

/** A fraction as a percentage with one decimal, e.g. `80.6 %`. */
export function percent(share: number, digits = 1): string {
  return Number.isFinite(share) ? `${(100 * share).toFixed(digits)} %` : "–";
}

/** A count with thousands separators. */
export function count(value: number): string {
  return value.toLocaleString("en");
}

/** A length of time, e.g. `2 min 05 s`. */
export function duration(seconds: number): string {
  if (seconds < 60) return `${seconds.toFixed(seconds < 10 ? 1 : 0)} s`;
  const whole = Math.round(seconds);
  return `${Math.floor(whole / 60)} min ${String(whole % 60).padStart(2, "0")} s`;
}
