import { heatmapCss } from "../heatmap/heatmap_css.ts";

/** Colours of figures, which are drawn for white pages, on a dark one. */
const onDark: Readonly<Record<string, string>> = {
  "#222222": "var(--ink)",
  "#555555": "var(--soft)",
  "#8a8a8a": "var(--soft)",
  "#6f6f6f": "#a9a9b4",
  "#000000": "#ffffff",
  "#c84e00": "#ff9a5c",
  "#0067a5": "#6cb6f2",
  "#00805f": "#4cc9a4",
  "#a8508a": "#e090c4",
  "#b77a00": "#e8b44a",
  "#2a8fbd": "#7fd0f5",
};

function darkFigures(): string {
  return Object.entries(onDark).flatMap(([light, dark]) =>
    ["fill", "stroke"].map((paint) =>
      `.drawn [${paint}="${light}"], svg.drawn[${paint}="${light}"] { ${paint}: ${dark}; }`
    )
  ).join("\n");
}

/** The style sheet of the report on one's own texts. */
export function assessmentCss(): string {
  return `
:root { color-scheme: light dark; --ink: #1b1b1f; --page: #ffffff; --card: #f5f5f7; --rule: #d5d5dc;
  --soft: #56565f; --good: #0b6b3a; --bad: #b3261e; --note: #fff4d6; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececf1; --page: #17171b; --card: #222228; --rule: #3a3a44; --soft: #b0b0bc;
    --good: #6fd39b; --bad: #ff9a90; --note: #3a3115; }
  .drawn rect[fill="#ffffff"] { fill: none; }
${darkFigures()}
  .drawn svg { color: var(--ink) !important; }
  .confusion .drawn { filter: invert(1) hue-rotate(180deg); }
  .confusion svg.drawn[fill], .confusion .drawn [fill="#222222"] { fill: #222222; }
  .confusion .drawn svg { color: #222222 !important; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 66rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.6rem; line-height: 1.25; margin: 0 0 0.3rem; overflow-wrap: anywhere; }
h2 { font-size: 1.25rem; margin: 2.6rem 0 0.6rem; overflow-wrap: anywhere; }
h3 { font-size: 1.02rem; margin: 1.4rem 0 0.3rem; overflow-wrap: anywhere; }
p, ul, dl { max-width: 46rem; margin: 0 0 0.8rem; overflow-wrap: anywhere; }
.subtitle, .hint, figcaption, caption { color: var(--soft); }
.notice { background: var(--note); padding: 0.6rem 0.9rem; border-radius: 6px; max-width: none; }
.tiles { display: grid; grid-template-columns: repeat(auto-fit, minmax(9.5rem, 1fr)); gap: 0.7rem;
  max-width: none; margin: 1.2rem 0; padding: 0; }
.tiles div { background: var(--card); border-radius: 8px; padding: 0.7rem 0.9rem; }
.tiles dt { color: var(--soft); font-size: 0.85rem; }
.tiles dd { margin: 0; font-size: 1.45rem; font-weight: 600; overflow-wrap: anywhere; }
.tiles small { display: block; font-size: 0.8rem; font-weight: 400; color: var(--soft); }
figure { margin: 1rem 0 1.6rem; }
figcaption, caption { font-size: 0.88rem; line-height: 1.45; text-align: left; max-width: 52rem; }
.figure > figcaption { margin-top: 0.6rem; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 24rem), 1fr)); gap: 1rem; }
.drawn { display: block; height: auto; max-width: 100%; margin: 0 auto; }
.wide-figure { overflow-x: auto; }
.confusion .drawn { max-width: none; margin: 0; }
.scroll { overflow-x: auto; margin: 0.8rem 0 1.4rem; }
table { border-collapse: collapse; font-size: 0.88rem; line-height: 1.4;
  font-variant-numeric: tabular-nums; }
caption { padding-bottom: 0.4rem; }
th, td { text-align: left; padding: 0.3rem 1rem 0.3rem 0; vertical-align: top;
  border-bottom: 1px solid var(--rule); }
thead th { vertical-align: bottom; font-weight: 600; }
tbody th { font-weight: 500; }
tfoot td, tfoot th { font-weight: 600; }
.number { text-align: right; white-space: nowrap; }
td code, .mark { white-space: nowrap; }
.mark { font-weight: 600; } .holds { color: var(--good); } .fails { color: var(--bad); }
.example { border: 1px solid var(--rule); border-radius: 8px; padding: 0.8rem 1rem; margin: 0 0 1rem; }
.example > h3 { margin-top: 0; }
.sides { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 22rem), 1fr)); gap: 0.8rem; }
.hw-heatmap { padding: 0.6rem 0.8rem; border-radius: 6px; border: 1px solid var(--rule); min-width: 0; }
.hw-heatmap figcaption { color: #555; }
.hw-text { font: 0.92rem/1.7 system-ui, sans-serif; max-height: 22rem; overflow-y: auto; }
.word-lists { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 25rem), 1fr)); gap: 0 2rem; }
.word-lists table { width: 100%; }
.word-lists th, .word-lists td { padding-right: 0.6rem; overflow-wrap: anywhere; }
details { margin: 0.6rem 0; } summary { cursor: pointer; font-weight: 600; }
code { font: 0.86em ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; }
pre { background: var(--card); padding: 0.8rem 1rem; white-space: pre-wrap; overflow-wrap: anywhere;
  border-radius: 6px; }
footer { margin-top: 3rem; color: var(--soft); font-size: 0.9rem; }
@media print { details > * { display: block; } figure, tr { break-inside: avoid; } }
${heatmapCss()}`;
}
