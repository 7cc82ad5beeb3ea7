/// <reference lib="dom" />
import { el, setChoices, setText } from "./dom.ts";
import { presented, withinSentence } from "./explainer_names.ts";
import { HeatText, type HeatTextEvents } from "./heat_text.ts";
import { optionField } from "./option_field.ts";
import type { PageModel } from "./model.ts";
import type { Explained, ModelInfo, Question, Words } from "./protocol.ts";
import { legendOf } from "./scale_legend.ts";
import { joinTarget, splitTarget } from "./state.ts";
import { againstChoices, targetChoices } from "./target_choices.ts";
import { statusOf } from "./panel_status.ts";

/** What a panel tells when something is done to it. */
export interface PanelEvents extends HeatTextEvents {
  /** Something else is to be shown. */
  ask(change: Partial<Question>): void;
  /** Another model is to be asked. */
  choose(model: 0 | 1): void;
}

/** A model that a panel may show. */
export type PanelModel = Pick<PageModel, "name" | "info">;

/** Which models a panel may show, and which it does; more than its own where it is for any of them. */
export interface PanelModels {
  /** The models of the page. */
  readonly all: readonly PanelModel[];
  /** Whether another can be chosen. */
  readonly isFree: boolean;
}

/** One heatmap with what it shows to choose from. */
export class PanelView {
  /** The element to put on the page. */
  readonly element: HTMLElement;
  /** The heatmap. */
  readonly heat: HeatText;
  /** What the heatmap stands in, and what may be put over it. */
  readonly sheet: HTMLElement;
  /** The line of the legend, and what may be put beside it. */
  readonly line: HTMLElement;
  #info: ModelInfo;
  readonly #models: PanelModels;
  readonly #events: PanelEvents;
  readonly #explainer = el("select", {
    "aria-label": "by: Explainer",
    change: () => this.#events.ask({ explainer: this.#explainer.value, options: {} }),
  });
  readonly #of = el("select", { change: () => this.#changeTarget() });
  readonly #against = el("select", { change: () => this.#changeTarget() });
  readonly #model = el("select", {
    "aria-label": "of: Model",
    change: () => this.#events.choose(this.#model.value === "1" ? 1 : 0),
  });
  readonly #options = el("div", { class: "options" });
  readonly #about = el("p", { class: "about" });
  readonly #status = el("p", { class: "note status" });
  readonly #error = el("p", { class: "error", role: "alert" });
  readonly #legend = el("p", { class: "legend", "aria-hidden": "true" });
  #optionsOf = "";
  #aboutOf = "";
  #isRoot = false;
  #explained: Explained | undefined;

  /** Makes the panel; it shows the first model until it is told another. */
  constructor(name: string, models: PanelModels, events: PanelEvents) {
    this.#info = models.all[0]!.info;
    this.#models = models;
    this.#events = events;
    this.heat = new HeatText(`${name} heatmap`, events);
    this.sheet = el("div", { class: "sheet" }, this.heat.element);
    this.line = el("div", { class: "legend-line" }, this.#legend);
    const contrast = el(
      "label",
      { class: "field", title: "Explains the difference of two scores" },
      el("span", {}, "and not"),
      this.#against,
    );
    this.element = el(
      "section",
      { class: "panel", "aria-label": `${name} heatmap` },
      el(
        "div",
        { class: "question" },
        el("label", { class: "inline" }, "Why ", this.#of),
        el("span", { class: "inline" }, "by ", this.#explainer),
        this.#ofModel(),
        el(
          "details",
          { class: "more" },
          el("summary", {}, "Options"),
          el("div", { class: "options" }, contrast, this.#options),
        ),
      ),
      this.#about,
      this.line,
      this.#error,
      this.sheet,
      this.#status,
    );
  }

  /** Which model is shown, where there are several. */
  #ofModel(): HTMLElement | undefined {
    const { all, isFree } = this.#models;
    if (all.length < 2) return undefined;
    return el(
      "span",
      { class: "inline of" },
      "of ",
      isFree ? this.#model : el("b", {}, all[0]!.name),
    );
  }

  /** Shows another model; what the one before found is no longer there. */
  setModel(model: 0 | 1, deleted: ReadonlySet<number>): void {
    const { all } = this.#models;
    setChoices(
      this.#model,
      all.map(({ name }, m) => ({ value: String(m), text: name })),
      String(model),
    );
    const { info } = all[model]!;
    if (info === this.#info) return;
    this.#info = info;
    this.#optionsOf = "";
    this.#aboutOf = "";
    this.#explained = undefined;
    this.heat.setHeat(undefined, deleted);
    setText(this.#error, "");
    setText(this.#status, "");
    this.#setLegend();
  }

  #changeTarget(): void {
    this.#events.ask({ target: joinTarget(this.#of.value, this.#against.value) });
  }

  /** Shows what is asked for, and the classes that `predicted` and `runner-up` stand for. */
  setQuestion({ explainer, target, options }: Question, stands: readonly string[] = []): void {
    const { classes, explainers } = this.#info;
    const names = explainers.map((one) => ({
      value: one.name,
      text: withinSentence(presented(one).title),
    }));
    const known = names.some(({ value }) => value === explainer);
    setChoices(
      this.#explainer,
      known ? names : [...names, { value: explainer, text: explainer }],
      explainer,
    );
    const [of, against] = splitTarget(target, classes);
    setChoices(this.#of, targetChoices(classes, stands, of), of);
    setChoices(this.#against, againstChoices(classes, stands, against), against);
    this.#setAbout(explainer);
    this.#setOptions(explainer, options);
  }

  #setAbout(explainer: string): void {
    if (explainer === this.#aboutOf) return;
    this.#aboutOf = explainer;
    const info = this.#info.explainers.find(({ name }) => name === explainer);
    if (info === undefined) return this.#about.replaceChildren();
    const { sentence, source, link } = presented(info);
    this.#about.replaceChildren(
      `${sentence.replace(/\.$/, "")} (`,
      link === undefined ? source : el(
        "a",
        { href: link, target: "_blank", rel: "noopener noreferrer" },
        source,
      ),
      ").",
    );
  }

  #setOptions(explainer: string, options: Question["options"]): void {
    const key = JSON.stringify([explainer, options]);
    if (key === this.#optionsOf) return;
    this.#optionsOf = key;
    const info = this.#info.explainers.find(({ name }) => name === explainer);
    // The page shows words; the numbers behind them are not asked for.
    const specs = Object.entries(info?.options ?? {}).filter(([name]) => name !== "detail");
    const focused = (document.activeElement as HTMLElement | null)?.dataset.option;
    this.#options.replaceChildren(
      ...specs.map(([name, spec]) =>
        optionField(name, spec, options[name] ?? spec.default, (value) => {
          const { [name]: _, ...others } = options;
          const isDefault = String(value) === String(spec.default);
          this.#events.ask({ options: isDefault ? others : { ...others, [name]: value } });
        })
      ),
    );
    if (focused) this.#options.querySelector<HTMLElement>(`[data-option="${focused}"]`)?.focus();
  }

  /** Shows the words of a text without colours, while they are computed. */
  setWords(text: string, words: Words, deleted: ReadonlySet<number>): void {
    this.heat.setText(text, words);
    this.heat.setHeat(undefined, deleted);
  }

  /** Shows an edited text at once. */
  draft(text: string, deleted: ReadonlySet<number>): void {
    this.heat.draft(text, deleted);
  }

  /** Marks the deleted words at once. */
  setDeleted(deleted: ReadonlySet<number>): void {
    this.heat.setDeleted(deleted);
  }

  /** Colours by relevance, or by its root. */
  setScale(isRoot: boolean, deleted: ReadonlySet<number>): void {
    this.#isRoot = isRoot;
    this.heat.setScale(isRoot, deleted);
    this.#setLegend();
  }

  /** Shows a heatmap. */
  setExplained(text: string, explained: Explained, deleted: ReadonlySet<number>): void {
    this.setBusy(false);
    setText(this.#error, "");
    this.#explained = explained;
    this.heat.setText(text, explained);
    this.heat.setHeat({ ...explained, isRoot: this.#isRoot }, deleted);
    setText(this.#status, explained.starts.length === 0 ? "" : statusOf(explained));
    this.#setLegend();
  }

  #setLegend(): void {
    const parts = this.#explained ? legendOf(this.#explained, this.#isRoot) : [];
    this.#legend.hidden = parts.length === 0;
    this.#legend.replaceChildren(...parts);
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
    this.heat.setActive(position);
  }
}
