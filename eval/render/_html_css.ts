/** The style of a page of explanations, beside that of the heatmaps. */
export const css = `
:root { color-scheme: light dark; --ink: #1b1b1f; --page: #f6f6f8; --rule: #d5d5dc; --soft: #5a5a66; }
@media (prefers-color-scheme: dark) {
  :root { --ink: #ececf1; --page: #17171b; --rule: #3a3a44; --soft: #a5a5b3; }
}
body { margin: 0; background: var(--page); color: var(--ink); font: 16px/1.5 system-ui, sans-serif; }
main { max-width: 62rem; margin: 0 auto; padding: 1.5rem 1rem 4rem; }
h1 { font-size: 1.5rem; overflow-wrap: anywhere; }
h2 { font-size: 1.15rem; margin: 2rem 0 0.6rem; overflow-wrap: anywhere; }
section p { color: var(--soft); margin: 0.3rem 0; }
.hw-heatmap { padding: 0.9rem 1.1rem; border: 1px solid var(--rule); border-radius: 6px; }
.hw-text { font: 0.9rem/1.6 ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; tab-size: 8; }
section .hw-heatmap p { color: #555; }
section .hw-heatmap .hw-legend span { color: #111; }
.tables { display: flex; flex-wrap: wrap; gap: 0 3rem; }
.table { overflow-x: auto; }
table { border-collapse: collapse; margin: 0.8rem 0; font-variant-numeric: tabular-nums; }
caption { text-align: left; font-weight: 600; padding-bottom: 0.2rem; }
th { text-align: left; font-weight: 500; color: var(--soft); }
th, td { padding: 0.1rem 1rem 0.1rem 0; border-bottom: 1px solid var(--rule); }
:is(td, thead th):not(:first-child) { text-align: right; }
summary { cursor: pointer; margin-top: 0.8rem; }
meter { width: 10rem; vertical-align: middle; }
`;
