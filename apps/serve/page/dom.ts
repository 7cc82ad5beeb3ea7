/// <reference lib="dom" />
/**
 * Small helpers for the DOM. Text only ever becomes text nodes and attributes, never HTML.
 *
 * @module
 */

import type { Sentence } from "@heatword/eval/heatmap";

/** Attributes of a new element; a function is a listener, `false` and `undefined` leave out. */
export type Attributes = Readonly<
  Record<string, string | number | boolean | undefined | ((event: Event) => void)>
>;

/** Children of a new element; `undefined` leaves out. */
export type Child = Node | string | undefined;

function apply(element: Element, attributes: Attributes): void {
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === "function") element.addEventListener(name, value);
    else if (value === true) element.setAttribute(name, "");
    else if (value !== false && value !== undefined) element.setAttribute(name, String(value));
  }
}

/** Makes an element. */
export function el<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  apply(element, attributes);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** Makes an SVG element. */
export function svg<K extends keyof SVGElementTagNameMap>(
  tag: K,
  attributes: Attributes = {},
  ...children: Child[]
): SVGElementTagNameMap[K] {
  const element = document.createElementNS("http://www.w3.org/2000/svg", tag);
  apply(element, attributes);
  element.append(...children.filter((child) => child !== undefined));
  return element;
}

/** The element of the page with an id. */
export function byId<E extends HTMLElement = HTMLElement>(id: string): E {
  const element = document.getElementById(id);
  if (element === null) throw new Error(`The page has no element "${id}"`);
  return element as E;
}

/** An option of a select. */
export interface Choice {
  readonly value: string;
  readonly text: string;
}

/** Puts choices into a select where they differ from those it has, and selects one. */
export function setChoices(select: HTMLSelectElement, choices: readonly Choice[], value: string) {
  const same = select.options.length === choices.length &&
    choices.every(({ value, text }, i) =>
      select.options[i]!.value === value && select.options[i]!.text === text
    );
  if (!same) {
    select.replaceChildren(...choices.map(({ value, text }) => el("option", { value }, text)));
  }
  if (select.value !== value) select.value = value;
}

/** A name that may be broken after its dots. */
export function breakable(name: string): (string | Node)[] {
  return name.split(/(?<=\.)/).flatMap((part, i) => i === 0 ? [part] : [el("wbr"), part]);
}

/** Puts text into an element where it differs. */
export function setText(element: Element, text: string): void {
  if (element.textContent !== text) element.textContent = text;
}

/** Puts a sentence into an element; what it quotes keeps its own writing direction. */
export function setSentence(element: Element, sentence: Sentence): void {
  element.replaceChildren(
    ...sentence.map((part) => typeof part === "string" ? part : el("bdi", {}, part.quoted)),
  );
}
