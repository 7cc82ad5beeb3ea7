import { formatPercent } from "@heatword/core/counts";
import { escapeHtml } from "../heatmap/escape.ts";

/** A piece of HTML that is safe as it stands. */
export class Html {
  constructor(readonly source: string) {}
}

/** What can stand in a template: texts and numbers are escaped, pieces of HTML are not. */
export type Content = string | number | Html | readonly Html[] | undefined | false;

/** HTML from a template. (A name other than `html`, whose white space the formatter would change.) */
export function fragment(parts: TemplateStringsArray, ...values: readonly Content[]): Html {
  const write = (value: Content): string => {
    if (value === undefined || value === false) return "";
    if (value instanceof Html) return value.source;
    if (Array.isArray(value)) return value.map(write).join("\n");
    return escapeHtml(String(value));
  };
  return new Html(parts.map((part, i) => (i === 0 ? part : write(values[i - 1]) + part)).join(""));
}

/** A figure with its caption. */
export function figure(content: Html, caption: Html, kind = ""): Html {
  return fragment`<figure class="figure ${kind}">${content}
<figcaption>${caption}</figcaption></figure>`;
}

/** What a table shows. */
export interface TableContent {
  readonly caption: Html;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | Html)[])[];
  /** A last row that sums up. */
  readonly total?: readonly string[];
  /** Whether all columns but the first hold numbers. */
  readonly numbers?: boolean;
  /** What it is called for those who do not see it. @default {its first two columns} */
  readonly label?: string;
}

/** A table with its caption above. */
export function table(content: TableContent): Html {
  const { caption, columns, rows, total, numbers = false } = content;
  const kind = (column: number) => numbers && column > 0 ? new Html(' class="number"') : undefined;
  const cell = (content: string | Html, column: number) =>
    numbers && column === 0
      ? fragment`<th scope="row">${content}</th>`
      : fragment`<td${kind(column)}>${content}</td>`;
  const row = (cells: readonly (string | Html)[]) => fragment`<tr>${cells.map(cell)}</tr>`;
  const name = content.label ?? `Table: ${columns.slice(0, 2).join(" and ")}`;
  return fragment`<div class="scroll" tabindex="0" role="region" aria-label="${name}"><table><caption>${caption}</caption>
<thead><tr>${
    columns.map((name, c) => fragment`<th scope="col"${kind(c)}>${name}</th>`)
  }</tr></thead>
<tbody>${rows.map(row)}</tbody>
${total && fragment`<tfoot>${row(total)}</tfoot>`}</table></div>`;
}

/** An SVG file as part of a page, where the namespace goes without saying. */
export function inlineSvg(file: string | undefined): Html {
  return new Html((file ?? "").replace(/ xmlns="[^"]*"/, "").trim());
}

/** A number with a fixed count of decimals and a typographic minus. */
export function fixed(value: number, digits = 3): string {
  return Number.isFinite(value) ? value.toFixed(digits).replace("-", "−") : "–";
}

/** A fraction as a percentage, e.g. `80.6 %`, that no line break tears apart. */
export function percent(share: number, digits = 1): string {
  return formatPercent(share, digits).replace(" ", "\u00a0");
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

/** A word or sentence with a capital letter first. */
export function capital(text: string): string {
  return text.slice(0, 1).toUpperCase() + text.slice(1);
}
