import { fragment, Html } from "./html_elements.ts";
import { policyFor } from "./page_head.ts";

/** The texts that the points of document vectors stand for, in the order of the points. */
export interface PlottedTexts {
  /** The names of the classes. */
  readonly classes: readonly string[];
  /** Name, true and predicted class of each text. */
  readonly texts: readonly (readonly [id: string, label: number, predicted: number])[];
}

/**
 * The script of document vectors: who points at a panel, or goes through it with the arrow keys, is told
 * which text the nearest point is, its class, and whether it was classified right.
 */
const pointsScript = `
const { classes, texts } = JSON.parse(document.querySelector("#points").textContent);
const said = document.querySelector("#points-said");
const tip = document.createElement("div");
tip.className = "points-tip";
tip.hidden = true;
tip.setAttribute("aria-hidden", "true");
document.body.append(tip);
const draw = (name, attributes) => {
  const element = document.createElementNS("http://www.w3.org/2000/svg", name);
  for (const key in attributes) element.setAttribute(key, attributes[key]);
  return element;
};
const tell = (text) => {
  const [id, label, predicted] = texts[text];
  return id + ": " + classes[label] +
    (label === predicted ? ", classified right" : ", classified as " + classes[predicted] + " (wrong)");
};
const steps = { ArrowLeft: [-1, 0], ArrowRight: [1, 0], ArrowUp: [0, -1], ArrowDown: [0, 1] };
for (const panel of document.querySelectorAll("svg[data-panel]")) {
  const figure = panel.parentNode.closest("svg");
  const title = figure.querySelector(":scope > title");
  if (title) {
    // It would be shown as a tooltip over every point.
    figure.setAttribute("aria-label", title.textContent);
    figure.setAttribute("role", "group");
    title.remove();
  }
  const points = [];
  for (const path of panel.querySelectorAll("path[data-i]")) {
    const places = path.getAttribute("d").match(/[^M]+(?=h0)/g);
    let text = 0;
    path.dataset.i.split(" ").forEach((step, i) => {
      const [x, y] = places[i].split(" ").map(Number);
      points.push({ x, y, text: text += Number(step) });
    });
  }
  if (points.length === 0) continue;
  const [, , width, height] = panel.getAttribute("viewBox").split(" ").map(Number);
  const mark = draw("circle", { class: "points-mark", r: 7, visibility: "hidden" });
  const cover = draw("rect", { class: "points-cover", width, height, fill: "transparent" });
  panel.append(mark, cover);
  panel.setAttribute("tabindex", "0");
  panel.setAttribute("role", "application");
  panel.setAttribute("aria-label", panel.dataset.panel + ": the arrow keys go from text to text");
  let now;
  const hide = () => {
    tip.hidden = true;
    mark.setAttribute("visibility", "hidden");
  };
  const show = (point) => {
    now = point;
    mark.setAttribute("cx", point.x);
    mark.setAttribute("cy", point.y);
    mark.setAttribute("visibility", "visible");
    tip.textContent = tell(point.text);
    tip.hidden = false;
    said.textContent = panel.dataset.panel + ", " + tip.textContent;
    const box = mark.getBoundingClientRect();
    const room = document.documentElement.clientWidth - tip.offsetWidth - 8;
    tip.style.left = Math.max(8, Math.min(box.right, room)) + "px";
    tip.style.top = (box.top - tip.offsetHeight > 4 ? box.top - tip.offsetHeight - 2 : box.bottom + 2) + "px";
  };
  const nearest = (x, y) => {
    const away = (point) => Math.hypot(point.x - x, point.y - y);
    return points.reduce((best, point) => away(point) < away(best) ? point : best);
  };
  const follow = ({ clientX, clientY }) => {
    const { x, y } = new DOMPoint(clientX, clientY).matrixTransform(cover.getScreenCTM().inverse());
    const point = nearest(x, y);
    if (Math.hypot(point.x - x, point.y - y) < 14) show(point);
    else if (document.activeElement !== panel) hide();
  };
  cover.addEventListener("pointermove", follow);
  cover.addEventListener("pointerdown", follow);
  cover.addEventListener("pointerleave", () => document.activeElement !== panel && hide());
  panel.addEventListener("focus", () => now ? show(now) : show(nearest(width / 2, height / 2)));
  panel.addEventListener("blur", hide);
  panel.addEventListener("keydown", (event) => {
    if (event.key === "Escape") return hide();
    const step = steps[event.key];
    if (!step || event.ctrlKey || event.metaKey || event.altKey) return;
    event.preventDefault();
    let best;
    let least = Infinity;
    for (const point of points) {
      const [x, y] = [point.x - now.x, point.y - now.y];
      const along = x * step[0] + y * step[1];
      const across = Math.abs(x * step[1]) + Math.abs(y * step[0]);
      const away = along + 2 * across;
      if (along > 0 && across <= 2 * along && away < least) [best, least] = [point, away];
    }
    if (best) show(best);
  });
}
`;

/** How what the script adds looks. */
export const pointsCss = `
.points-tip { position: fixed; z-index: 9; pointer-events: none; max-width: 18em; padding: 0.3em 0.6em;
  border-radius: 4px; background: #222222; color: #ffffff; font: 0.8rem/1.35 Helvetica, Arial, sans-serif;
  overflow-wrap: anywhere; }
.points-tip[hidden] { display: none; }
.points-mark { fill: none; stroke: #000000; stroke-width: 2; }
svg[data-panel]:focus { outline: none; }
svg[data-panel]:focus-visible > .points-cover { stroke: #1a5fb4; stroke-width: 4; }
.points-said { min-height: 1.4em; margin: 0.3em 0; color: var(--caption, inherit);
  font: 0.87rem/1.4 Helvetica, Arial, sans-serif; }
.points-figure { overflow-x: auto; }
.points-figure > svg { display: block; min-width: 40rem; margin: 0 auto; }
`;

/** What is said of the point that is looked at; it stands below the figure. */
export const pointsLine = (points: PlottedTexts | undefined): Html =>
  points === undefined
    ? new Html("")
    : fragment`<p class="points-said" id="points-said" role="status">Point at a dot, or press Tab and the
arrow keys, to see which text it is.</p>`;

/** Texts and script, for the end of a page; empty where there are no points. */
export function pointsEnd(points: PlottedTexts | undefined): Html {
  if (points === undefined) return new Html("");
  // Nothing in it is an end tag or a comment.
  const json = JSON.stringify(points).replaceAll("<", "\\u003c");
  return new Html(
    `<script type="application/json" id="points">${json}</script>\n<script>${pointsScript}</script>`,
  );
}

/** What a report may load and run: the script of its points, where there are any. */
export async function reportPolicy(points: PlottedTexts | undefined): Promise<Html | undefined> {
  return points && await policyFor(pointsScript);
}
