/// <reference lib="dom" />
import type { OptionSpec } from "@heatword/core";
import { el } from "./dom.ts";

/**
 * A field for an option of an explainer.
 *
 * @param name The option.
 * @param spec What it takes.
 * @param value What it is.
 * @param give Called with another value.
 */
export function optionField(
  name: string,
  spec: OptionSpec,
  value: number | boolean | string,
  give: (value: boolean | string) => void,
): HTMLElement {
  const change = (event: Event) => {
    const input = event.currentTarget as HTMLInputElement;
    give(spec.type === "boolean" ? input.checked : input.value);
  };
  const common = { "data-option": name, change };
  const input = spec.type === "choice"
    ? el(
      "select",
      common,
      ...spec.choices.map((choice) =>
        el("option", { value: choice, selected: choice === value }, choice)
      ),
    )
    : spec.type === "boolean"
    ? el("input", { ...common, type: "checkbox", checked: value === true })
    : spec.type === "string"
    ? el("input", { ...common, type: "text", value: String(value) })
    : el("input", {
      ...common,
      type: "number",
      value: String(value),
      min: spec.min,
      max: spec.max,
      step: spec.integer ? 1 : "any",
    });
  return el("label", { class: "field", title: spec.description }, el("span", {}, name), input);
}
