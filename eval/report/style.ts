import { heatmapCss } from "../heatmap/heatmap_css.ts";

/** The style sheet of the report. */
export function reportCss(): string {
  return `
:root { color-scheme: light dark; --page: #fff; --ink: #1a1a1a; --rule: #222; --soft: #d9d9d9;
  --line: #eee; --muted: #555; --caption: #333; --code: #f5f5f3; --link: #0b4f8a; --holds: #0b6b3a;
  --fails: #b3261e; --unchecked: #6b6b6b; --notice: #fdecea; }
@media (prefers-color-scheme: dark) {
  :root { --page: #1b1e24; --ink: #eceef2; --rule: #c9cdd6; --soft: #4a515e; --line: #31363f;
    --muted: #a9b0bd; --caption: #c9cdd6; --code: #272b33; --link: #8db4ff; --holds: #6fd3a0;
    --fails: #ff9c8c; --unchecked: #a9b0bd; --notice: #3a2220; }
  /* Figures have a ground of their own, as their files have. */
  .figure svg, .hw-heatmap { border-radius: 4px; }
  .heatmaps .hw-heatmap { padding: 0.6em; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 17px/1.55 "Source Serif 4", "Iowan Old Style",
  "Palatino Linotype", Palatino, "Book Antiqua", Georgia, "DejaVu Serif", serif; }
main { max-width: 980px; margin: 0 auto; padding: 48px 24px 96px; }
h1 { font-size: 1.85rem; line-height: 1.2; margin: 0 0 0.3em; font-weight: 600; }
h2 { font-size: 1.3rem; margin: 2.6em 0 0.6em; font-weight: 600; }
h3 { font-size: 1.05rem; margin: 1.6em 0 0.4em; font-weight: 600; }
p, ul, dl { max-width: 44rem; margin: 0 0 0.9em; }
a { color: var(--link); }
.subtitle { color: var(--muted); font-size: 1.05rem; margin-bottom: 1.6em; max-width: none; }
.notice { border: 2px solid var(--fails); background: var(--notice); padding: 0.7em 1em; max-width: none;
  font-weight: 600; }
.abstract { border-left: 3px solid var(--soft); padding-left: 1.1em; }
figure { margin: 1.6em 0 2.2em; }
figcaption, .hw-heatmap, table, code, .hw-legend, .label { font-family: Helvetica, Arial,
  "Liberation Sans", sans-serif; }
.figure > figcaption, caption { font-size: 0.87rem; line-height: 1.45; color: var(--caption); text-align: left;
  max-width: 52rem; }
.figure > figcaption { margin-top: 0.8em; }
.figure > svg, .pair > svg { display: block; max-width: 100%; height: auto; margin: 0 auto; }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(330px, 1fr)); gap: 20px 28px; }
.wide { width: min(1160px, 100vw - 56px); margin-left: 50%; transform: translateX(-50%); }
.wide > figcaption { margin-left: auto; margin-right: auto; max-width: 932px; }
.scroll { overflow-x: auto; margin: 1.4em 0 2em; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: 0.3em 1.2em; }
dd { margin: 0; }
table { border-collapse: collapse; font-size: 0.85rem; line-height: 1.4; width: 100%;
  border-top: 2px solid var(--rule); border-bottom: 2px solid var(--rule); }
caption { caption-side: top; padding-bottom: 0.6em; }
thead th { border-bottom: 1px solid var(--rule); vertical-align: bottom; }
th { text-align: left; font-weight: 600; }
th, td { padding: 0.34em 1.1em 0.34em 0; vertical-align: top; }
tbody tr + tr td, tbody tr + tr th { border-top: 1px solid var(--line); }
tbody th { font-weight: 400; }
tfoot td, tfoot th { border-top: 1px solid var(--rule); font-weight: 600; }
.number { text-align: right; padding-right: 0.4em; padding-left: 0.8em; font-variant-numeric: tabular-nums; white-space: nowrap; }
code { font-family: ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; font-size: 0.86em; }
td code { color: var(--muted); white-space: nowrap; }
pre { background: var(--code); padding: 0.8em 1em; overflow-x: auto; max-width: 100%; }
.mark { white-space: nowrap; font-weight: 600; }
.holds { color: var(--holds); } .fails { color: var(--fails); } .not-checked { color: var(--unchecked); }
.heatmaps { display: grid; grid-template-columns: 1fr 1fr; gap: 30px 28px; }
.heatmaps .hw-heatmap { margin: 0; font-size: 0.8rem; border-top: 1px solid var(--soft);
  padding-top: 0.6em; min-width: 0; }
.heatmaps .hw-text { font-size: 11.3px; line-height: 1.8; font-family: ui-monospace,
  "DejaVu Sans Mono", Menlo, Consolas, monospace; }
footer { margin-top: 4em; color: var(--muted); font-size: 0.9rem; }
@media (max-width: 900px) { .heatmaps { grid-template-columns: 1fr; } }
@media print { main { max-width: none; padding: 0; } figure, tr { break-inside: avoid; }
  body { font-size: 11pt; } }
@media (max-width: 640px) { body { font-size: 16px; } main { padding-top: 24px; } }
${heatmapCss()}`;
}
