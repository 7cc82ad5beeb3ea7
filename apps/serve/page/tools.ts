/// <reference lib="dom" />
import { byId, el, setChoices } from "./dom.ts";
import { download } from "./download.ts";
import type { ModelWorkers } from "./model.ts";
import type { DownloadFormat } from "./protocol.ts";
import { reflow } from "./reflow.ts";
import { namedQuestion, type State, type Store } from "./state.ts";
import type { TextEditor } from "./text_editor.ts";
import { pageUnits, unitChoices } from "./units.ts";

/** Saves what is shown as a file. */
async function save(
  { state }: Store,
  { scores, info }: ModelWorkers,
  format: DownloadFormat,
): Promise<void> {
  const { text, deleted, compare, article, meant, unit } = state;
  const questions = state.questions.map((question) => namedQuestion(question, meant, info.classes));
  const content = await scores.ask("render", {
    text,
    deleted,
    unit,
    questions: compare ? questions : questions.slice(0, 1),
    format,
    ...(article && { id: article.id }),
    ...(article?.label !== undefined && { label: article.label }),
  });
  if (content !== undefined) download(content, format, article?.id);
}

/** What is done to the text as a whole, and how it is looked at. */
export function bindTools(
  store: Store,
  workers: ModelWorkers,
  editor: TextEditor,
  fail: (why: string) => void,
): void {
  const unit = byId<HTMLSelectElement>("unit");
  const root = byId<HTMLInputElement>("root");
  const compare = byId<HTMLButtonElement>("compare");
  const clear = byId<HTMLButtonElement>("clear");
  const joinLines = byId<HTMLButtonElement>("reflow");
  const choices = unitChoices(workers.info.readsCharacters);
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
  const saved = byId("saves");
  saved.replaceChildren(
    "Save as ",
    ...(["html", "json", "svg"] as const).map((format) =>
      el("button", {
        type: "button",
        class: "plain",
        "aria-label": `Download as ${format.toUpperCase()}`,
        click: () => save(store, workers, format).catch((error) => fail(error.message)),
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
