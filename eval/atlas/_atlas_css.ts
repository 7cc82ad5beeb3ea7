import { heatmapCss } from "../heatmap/heatmap_css.ts";

/** The style sheet of the atlas. */
export function atlasCss(): string {
  return `${heatmapCss()}
:root { color-scheme: light dark; --page: #ffffff; --ink: #16181d; --soft: #565b66; --line: #e3e1dc;
  --link: #1f4f9c; --edge: #8b8a84; }
@media (prefers-color-scheme: dark) {
  :root { --page: #1b1e24; --ink: #eef0f4; --soft: #a9b0bd; --line: #343a44; --link: #8db4ff;
    --edge: #747c89; }
}
* { box-sizing: border-box; }
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 84rem; margin: 0 auto; padding: 1.5rem clamp(0.75rem, 2.5vw, 2rem) 4rem; }
h1 { font-size: 1.7rem; margin: 0 0 0.3rem; }
h2 { font-size: 1.25rem; margin: 0 0 0.3rem; overflow-wrap: anywhere; }
h3 { font-size: 0.95rem; margin: 0.8rem 0 0.2rem; }
p { margin: 0.3rem 0; max-width: 50rem; }
a { color: var(--link); }
.soft { color: var(--soft); font-size: 0.9rem; }
nav { margin: 1rem 0; display: flex; flex-wrap: wrap; gap: 0.2rem 0.9rem; font-size: 0.9rem; }
section { border-top: 1px solid var(--line); padding: 0.5rem 0; }
.class > summary { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0.1rem 1.2rem; padding: 0.2rem 0; }
.class > summary::before { content: "▸"; color: var(--soft); margin-right: -0.6rem; }
.class[open] > summary::before { content: "▾"; }
.class > summary h2 { margin: 0; font-size: 1.05rem; flex: 0 0 auto; min-width: 14rem; max-width: 100%; }
.firsts { flex: 1 1 20rem; font-size: 0.9rem; }
.first { display: inline-block; margin-right: 0.4em; }
.first > span { padding: 0 0.25em; }
.class > div { padding: 0.5rem 0 1.2rem; }
.hw-text { color: inherit; }
.hw-text [class^="hw-"] { color: #111; border-radius: 2px; }
.ends { display: block; color: var(--soft); font-size: 0.75rem; line-height: 1.2; }
.search input { font: inherit; color: inherit; background: var(--page); border: 1px solid var(--edge);
  border-radius: 6px; padding: 0.2rem 0.5rem; }
th button { font: inherit; color: inherit; background: none; border: 0; padding: 0; cursor: pointer;
  min-height: 1.5rem; }
th button:hover { text-decoration: underline; }
[aria-sort="descending"] button::after { content: " ▾"; }
[aria-sort="ascending"] button::after { content: " ▴"; }
[hidden] { display: none !important; }
:focus-visible { outline: 3px solid var(--link); outline-offset: 2px; }
.sides { display: grid; gap: 0 2.5rem; grid-template-columns: repeat(auto-fit, minmax(20rem, 1fr)); }
.sides > div { min-width: 0; }
table { border-collapse: collapse; width: 100%; font-size: 0.9rem; }
th { text-align: left; font-weight: 600; color: var(--soft); }
th, td { padding: 0.15rem 0.7rem 0.15rem 0; border-bottom: 1px solid var(--line); vertical-align: top; }
.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; }
.hw-text { line-height: inherit; white-space: normal; }
summary { cursor: pointer; }
summary span { padding: 0 0.25em; }
ul { margin: 0.3rem 0 0.5rem; padding-left: 1.1rem; }
li { margin: 0.2rem 0; }
mark { background: none; font-weight: 700; color: inherit; text-decoration: underline; }
.scroll { overflow-x: auto; }
.sides td:first-child { width: 40%; }
.filters td { max-width: 24rem; }
.ngram { display: inline-block; margin-right: 0.8em; }
.sides td:first-child { min-width: 11rem; }
@media (max-width: 36rem) { .minor { display: none; } .filters td { min-width: 12rem; } }
@media print { nav { display: none; } section { break-inside: avoid; } }
`;
}
