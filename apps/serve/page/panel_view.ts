/// <reference lib="dom" />
import { formatCount, formatNumber, formatSigned } from "@heatword/eval/numbers";
import type { OptionSpec } from "@heatword/core";
import { type Choice, el, setChoices, setText } from "./dom.ts";
import { HeatText, type HeatTextEvents } from "./heat_text.ts";
import type { Explained, ModelInfo, Question, Words } from "./protocol.ts";
import { joinTarget, splitTarget } from "./state.ts";

/** What a panel tells when something is done to it. */
export interface PanelEvents extends HeatTextEvents {
  /** Something else is to be shown. */
  ask(change: Partial<Question>): void;
}

/** One heatmap with what it shows to choose from. */
export class PanelView {
  /** The element to put on the page. */
  readonly element: HTMLElement;
  readonly #info: ModelInfo;
  readonly #events: PanelEvents;
  readonly #explainer = el("select", { change: () => this.#changeExplainer() });
  readonly #of = el("select", { change: () => this.#changeTarget() });
  readonly #against = el("select", { change: () => this.#changeTarget() });
  readonly #options = el("div", { class: "options" });
  readonly #optionsBox: HTMLElement;
  readonly #about = el("p", { class: "note" });
  readonly #status = el("p", { class: "note status" });
  readonly #error = el("p", { class: "error", role: "alert" });
  readonly #legend = el("p", { class: "legend", "aria-hidden": "true" });
  readonly #heat: HeatText;
  #optionsOf = "";

  /** Makes the panel. */
  constructor(name: string, info: ModelInfo, events: PanelEvents) {
    this.#info = info;
    this.#events = events;
    this.#heat = new HeatText(`${name} heatmap`, events);
    const labelled = (text: string, select: HTMLSelectElement) =>
      el("label", { class: "field" }, el("span", {}, text), select);
    this.#optionsBox = el(
      "details",
      { class: "more" },
      el("summary", {}, "Options"),
      this.#about,
      this.#options,
    );
    this.element = el(
      "section",
      { class: "card panel", "aria-label": `${name} heatmap` },
      el(
        "div",
        { class: "question" },
        labelled("Explainer", this.#explainer),
        labelled("Why", this.#of),
        labelled("and not", this.#against),
      ),
      this.#optionsBox,
      this.#error,
      this.#status,
      this.#heat.element,
      el("div", { class: "foot" }, this.#legend),
    );
  }

  #changeExplainer(): void {
    this.#events.ask({ explainer: this.#explainer.value, options: {} });
  }

  #changeTarget(): void {
    const against = this.#against.value;
    this.#events.ask({ target: joinTarget(this.#of.value, against) });
  }

  /** Shows what is asked for, and the classes that `predicted` and `runner-up` stand for. */
  setQuestion({ explainer, target, options }: Question, stands: readonly string[] = []): void {
    const { classes, explainers } = this.#info;
    const names = explainers.map(({ name }) => ({ value: name, text: name }));
    const known = names.some(({ value }) => value === explainer);
    setChoices(
      this.#explainer,
      known ? names : [...names, { value: explainer, text: explainer }],
      explainer,
    );
    const meant = (name: string, place: number): Choice => ({
      value: name,
      text: stands[place] === undefined ? name : `${name}: ${stands[place]}`,
    });
    const targets = [
      meant("predicted", 0),
      ...(classes.length > 1 ? [meant("runner-up", 1)] : []),
      ...classes.map((name) => ({ value: name, text: name })),
    ];
    const [of, against] = splitTarget(target, classes);
    const withOwn = (choices: Choice[], value: string) =>
      choices.some((choice) => choice.value === value)
        ? choices
        : [...choices, { value, text: value }];
    setChoices(this.#of, withOwn(targets, of), of);
    setChoices(this.#against, withOwn([{ value: "", text: "—" }, ...targets], against), against);
    this.#setOptions(explainer, options);
  }

  #setOptions(explainer: string, options: Question["options"]): void {
    const key = JSON.stringify([explainer, options]);
    if (key === this.#optionsOf) return;
    this.#optionsOf = key;
    const info = this.#info.explainers.find(({ name }) => name === explainer);
    setText(this.#about, info ? `${info.description}. ${info.citation}.` : "");
    // The page shows words; the numbers behind them are not asked for.
    const specs = Object.entries(info?.options ?? {}).filter(([name]) => name !== "detail");
    const focused = (document.activeElement as HTMLElement | null)?.dataset.option;
    this.#options.replaceChildren(
      ...specs.map(([name, spec]) => this.#option(name, spec, options[name] ?? spec.default)),
    );
    if (focused) this.#options.querySelector<HTMLElement>(`[data-option="${focused}"]`)?.focus();
  }

  #option(name: string, spec: OptionSpec, value: number | boolean | string): HTMLElement {
    const change = (event: Event) => {
      const input = event.currentTarget as HTMLInputElement;
      this.#give(name, spec, spec.type === "boolean" ? input.checked : input.value);
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

  #give(name: string, spec: OptionSpec, value: boolean | string): void {
    const { [name]: _, ...others } = JSON.parse(this.#optionsOf)[1];
    const isDefault = String(value) === String(spec.default);
    this.#events.ask({ options: isDefault ? others : { ...others, [name]: value } });
  }

  /** Shows the words of a text without colours, while they are computed. */
  setWords(text: string, words: Words, deleted: ReadonlySet<number>): void {
    this.#heat.setText(text, words);
    this.#heat.setHeat(undefined, deleted);
  }

  /** Marks the deleted words at once. */
  setDeleted(deleted: ReadonlySet<number>): void {
    this.#heat.setDeleted(deleted);
  }

  /** Shows a heatmap. */
  setExplained(text: string, explained: Explained, deleted: ReadonlySet<number>): void {
    this.setBusy(false);
    setText(this.#error, "");
    this.#heat.setText(text, explained);
    this.#heat.setHeat(explained, deleted);
    setText(this.#status, statusOf(explained));
    this.#setLegend(explained);
  }

  #setLegend({ relevance, signed: isSigned, unseen, unknown }: Explained): void {
    const max = relevance.reduce((a, b) => Math.max(a, Math.abs(b)), 0);
    const steps = isSigned ? [-1, -0.5, 0, 0.5, 1] : [0, 0.5, 1];
    const number = isSigned ? formatSigned : formatNumber;
    const scale = max === 0 ? [] : [
      isSigned ? "against " : "",
      ...steps.map((step) => {
        const name = step === 0 ? "" : `${step > 0 ? "p" : "n"}${Math.abs(20 * step)}`;
        return el("span", { class: name }, step === 0 ? "0" : number(step * max));
      }),
      isSigned ? " for " : " matters ",
    ];
    const marks = [
      ...(unseen.length > 0 ? [el("span", { class: "unseen" }, "not seen")] : []),
      ...(unknown.includes(1) ? [el("span", { class: "unknown" }, "not known")] : []),
    ];
    this.#legend.hidden = scale.length + marks.length === 0;
    this.#legend.replaceChildren(...scale, ...marks);
  }

  /** Says why there is no heatmap. */
  setError(why: string): void {
    this.setBusy(false);
    setText(this.#error, why);
    setText(this.#status, "");
  }

  /** Says that a heatmap is being computed. */
  setBusy(busy: boolean): void {
    this.element.classList.toggle("busy", busy);
    if (busy) setText(this.#status, "Explaining…");
  }

  /** Marks the word that is looked at. */
  setActive(position: number): void {
    this.#heat.setActive(position);
  }
}

function statusOf(
  { target, score, conservation, truncated, cut, unknown, starts, milliseconds }: Explained,
) {
  const parts = [`${target}: ${formatNumber(score)}`];
  if (conservation) {
    const { sum, keptByBiases } = conservation;
    const kept = keptByBiases === undefined ? "" : `, biases keep ${formatNumber(keptByBiases)}`;
    parts.push(`words sum to ${formatNumber(sum)}${kept}`);
  }
  const unknownWords = unknown.reduce((sum, one) => sum + one, 0);
  if (unknownWords > 0) {
    parts.push(`${formatCount(unknownWords, "word")} of ${starts.length} not known`);
  }
  if (truncated > 0) {
    parts.push(`${formatCount(truncated, "word")} at the ${cut ?? "end"} not seen (hatched)`);
  }
  parts.push(`${milliseconds < 10 ? milliseconds.toFixed(1) : Math.round(milliseconds)} ms`);
  return parts.join(" · ");
}
