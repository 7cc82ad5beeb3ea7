/// <reference lib="dom" />
import { formatNumber, formatSigned } from "@heatword/eval/numbers";
import { el } from "./dom.ts";
import type { Explained } from "./protocol.ts";

/** What colours and marks of a heatmap mean. */
export function legendOf(
  { relevance, signed: isSigned, unseen, unknown }: Explained,
  isRoot: boolean,
): (Node | string)[] {
  const max = relevance.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
  const steps = isSigned
    ? [-1, -0.75, -0.5, -0.25, 0, 0.25, 0.5, 0.75, 1]
    : [0, 0.25, 0.5, 0.75, 1];
  const number = isSigned ? formatSigned : formatNumber;
  const value = (step: number) => max * (isRoot ? Math.sign(step) * step ** 2 : step);
  const swatch = (step: number) => {
    const level = Math.round(20 * Math.abs(step));
    const name = level === 0 ? "zero" : `${step > 0 ? "p" : "n"}${level}`;
    const isNamed = step === 0 || Math.abs(step) === 1;
    return el(
      "span",
      { class: `swatch ${name}${isNamed ? "" : " between"}` },
      isNamed ? step === 0 ? "0" : number(value(step)) : "",
    );
  };
  const scale = max === 0 ? [] : [
    el(
      "span",
      { class: "scale" },
      isSigned ? el("span", { class: "end" }, "against") : undefined,
      ...steps.map(swatch),
      el("span", { class: "end" }, isSigned ? "for" : "matters"),
    ),
  ];
  return [
    ...scale,
    ...(unseen.length > 0 ? [el("span", { class: "unseen" }, "not seen")] : []),
    ...(unknown.includes(1) ? [el("span", { class: "unknown" }, "not known")] : []),
  ];
}
