/// <reference lib="dom" />
import { byId, el, setChoices } from "./dom.ts";
import { download } from "./download.ts";
import type { PageModel } from "./model.ts";
import type { DownloadFormat, Wanted } from "./protocol.ts";
import { fittingUnit } from "./questions.ts";
import { reflow } from "./reflow.ts";
import { areCompared, modelOf, namedQuestion, type State, type Store } from "./state.ts";
import type { TextEditor } from "./text_editor.ts";
import { pageUnits, unitChoices } from "./units.ts";

/** What is needed to save what is shown. */
export interface Saved {
  readonly store: Store;
  /** The models of the page. */
  readonly models: readonly PageModel[];
  /** Where the deleted words of a heatmap start. */
  readonly deleted: (panel: 0 | 1) => readonly number[];
}

/** How often each format was asked for. */
const times = new Map<DownloadFormat, number>();

/**
 * Saves what is shown as a file.
 *
 * @throws {Error} If it could not be made, or was dropped for something else.
 */
async function save({ store, models, deleted }: Saved, format: DownloadFormat): Promise<void> {
  const time = (times.get(format) ?? 0) + 1;
  times.set(format, time);
  const { state } = store;
  const { text, compare, article, meant, unit } = state;
  const compared = areCompared(state);
  const wanted = (panel: 0 | 1): Wanted => {
    const { name, info } = models[modelOf(state, panel)]!;
    const names = meant?.[modelOf(state, panel)];
    return {
      text,
      deleted: deleted(panel),
      unit: fittingUnit(unit, info),
      questions: [namedQuestion(state.questions[panel], names, info.classes)],
      ...(compared && { model: name }),
      ...(article && { id: article.id }),
      ...(article?.label !== undefined && { label: article.label }),
    };
  };
  // Both at once: the state may be another when the second is made.
  const [first, second] = [wanted(0), compare ? wanted(1) : undefined];
  const more = second ? await models[modelOf(state, 1)]!.scores.ask("explanations", second) : [];
  const content = more && await models[0]!.scores.ask("render", { ...first, format, more });
  if (content !== undefined) return download(content, format, article?.id);
  // The same file that was asked for again comes by that.
  if (times.get(format) !== time) return;
  throw new Error(
    `The ${format.toUpperCase()} file was not saved, as something else was asked for while it was ` +
      "made: save it again",
  );
}

/** What is done to the text as a whole, and how it is looked at. */
export function bindTools(
  saved: Saved,
  editor: TextEditor,
  fail: (why: string) => void,
): void {
  const { store, models } = saved;
  const unit = byId<HTMLSelectElement>("unit");
  const root = byId<HTMLInputElement>("root");
  const compare = byId<HTMLButtonElement>("compare");
  const clear = byId<HTMLButtonElement>("clear");
  const joinLines = byId<HTMLButtonElement>("reflow");
  const choices = unitChoices(models[0]!.info.readsCharacters);
  unit.addEventListener("change", () => {
    store.set({ unit: pageUnits.find((name) => name === unit.value)! });
  });
  root.addEventListener("change", () => store.set({ rootScale: root.checked }));
  compare.addEventListener("click", () => store.set({ compare: !store.state.compare }));
  clear.addEventListener("click", () => editor.replace(""));
  byId("edit").addEventListener("click", () => editor.edit());
  joinLines.addEventListener("click", () => {
    const { text, deleted } = store.state;
    editor.replace(reflow(text));
    // Each character stays where it was, so the words that are deleted stay so, too.
    store.set({ deleted });
  });
  byId("saves").replaceChildren(
    "Save as ",
    ...(["html", "json", "svg"] as const).map((format) =>
      el("button", {
        type: "button",
        class: "plain",
        "aria-label": `Download as ${format.toUpperCase()}`,
        click: () => save(saved, format).catch((error) => fail(error.message)),
      }, format.toUpperCase())
    ),
  );
  const show = ({ text, compare: on, unit: now, rootScale }: State) => {
    setChoices(unit, choices, now);
    root.checked = rootScale;
    compare.setAttribute("aria-pressed", String(on));
    compare.textContent = on ? "One heatmap" : "Compare two";
    clear.hidden = text === "";
    joinLines.hidden = reflow(text) === text;
  };
  store.listen(show);
  show(store.state);
}
