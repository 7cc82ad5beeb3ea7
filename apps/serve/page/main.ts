/// <reference lib="dom" />
import { formatCount } from "@heatword/eval/numbers";
import { byId, el, setText } from "./dom.ts";
import { download } from "./download.ts";
import { packState, unpackState } from "./link.ts";
import { type ModelWorkers, openModel } from "./model.ts";
import { PickerView } from "./picker_view.ts";
import { PageController } from "./page_controller.ts";
import type { DownloadFormat, ModelInfo, Question } from "./protocol.ts";
import { findSource, type PageSource } from "./source.ts";
import { type ArticleName, firstState, namedQuestion, type State, Store } from "./state.ts";

/** Wide enough for two heatmaps side by side. */
const WIDE = matchMedia("(min-width: 60rem)");

function fail(why: string): void {
  setText(byId("notice"), why);
}

function named(corpus: string, id: string, label?: string): ArticleName {
  return { corpus, id, ...(label !== undefined && { label }) };
}

/** Fetches an article and makes it the text. */
async function pickArticle(store: Store, source: PageSource, corpus: string, id: string) {
  try {
    const { text, label } = await source.article(corpus, id);
    store.set({ text, article: named(corpus, id, label), deleted: [] });
  } catch (error) {
    fail((error as Error).message);
  }
}

/** The state of a link; an article is fetched, or its absence said. */
async function linkedState(source: PageSource): Promise<State | undefined> {
  const linked = await unpackState(location.hash);
  if (linked?.problem) fail(linked.problem);
  if (linked?.article === undefined) return linked?.state;
  const [corpus = "", ...rest] = linked.article.split("/");
  const id = rest.join("/");
  try {
    const { text, label } = await source.article(corpus, id);
    return { ...linked.state, text, article: named(corpus, id, label) };
  } catch (error) {
    fail((error as Error).message);
    return linked.state;
  }
}

/** Why the predicted class, by an explainer that the model can do with. */
const usualQuestion = (explainer: string): Question => {
  return { explainer, target: "predicted", options: {} };
};

/** A linked state; of a second heatmap that is not shown, nothing was asked yet. */
function withUsual(state: State, { usual: [, second] }: ModelInfo): State {
  const [left] = state.questions;
  return state.compare ? state : { ...state, questions: [left, usualQuestion(second)] };
}

/** What is shown first. */
async function exampleState(source: PageSource, { usual: [first, second] }: ModelInfo) {
  const state: State = {
    ...firstState,
    questions: [usualQuestion(first), usualQuestion(second)],
    compare: WIDE.matches,
  };
  try {
    const [corpus] = await source.corpora();
    const ids = corpus ? await source.ids(corpus.name) : [];
    const space = corpus?.name === "miniature" && ids.find((id) => id.startsWith("sci.space/"));
    const id = space || ids[0];
    if (!corpus || id === undefined) return state;
    const { text, label } = await source.article(corpus.name, id);
    return { ...state, text, article: named(corpus.name, id, label) };
  } catch {
    return state;
  }
}

function keepLink(store: Store, source: PageSource, info: ModelInfo): void {
  let written = location.hash;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = async () => {
    const packed = `#${await packState(store.state)}`;
    if (packed === location.hash) return;
    history.replaceState(null, "", packed);
    written = location.hash;
  };
  store.listen(() => {
    clearTimeout(timer);
    timer = setTimeout(write, 300);
  });
  addEventListener("hashchange", async () => {
    if (location.hash === written) return;
    written = location.hash;
    const state = await linkedState(source);
    if (state) store.replace(withUsual(state, info));
  });
  const share = byId("share");
  share.addEventListener("click", async () => {
    await write();
    try {
      await navigator.clipboard.writeText(location.href);
      setText(share, "Link copied");
    } catch {
      setText(share, "Copy the address above");
    }
    setTimeout(() => setText(share, "Copy link"), 2000);
  });
}

function addActions(store: Store, workers: ModelWorkers): void {
  const compare = el("button", {
    type: "button",
    id: "compare",
    click: () => store.set({ compare: !store.state.compare }),
  }, "Two side by side");
  const save = async (format: DownloadFormat) => {
    const { text, deleted, compare, article, meant } = store.state;
    const questions = store.state.questions.map((question) =>
      namedQuestion(question, meant, workers.info.classes)
    );
    try {
      const content = await workers.scores.ask("render", {
        text,
        deleted,
        questions: compare ? questions : questions.slice(0, 1),
        format,
        ...(article && { id: article.id }),
        ...(article?.label !== undefined && { label: article.label }),
      });
      if (content !== undefined) download(content, format, article?.id);
    } catch (error) {
      fail((error as Error).message);
    }
  };
  const formats = ["html", "json", "svg"] as const;
  byId("heatmap-actions").replaceChildren(
    compare,
    ...formats.map((format) =>
      el("button", {
        type: "button",
        "aria-label": `Download as ${format.toUpperCase()}`,
        click: () => save(format),
      }, `↓ ${format.toUpperCase()}`)
    ),
  );
  const show = ({ compare: on }: State) => compare.setAttribute("aria-pressed", String(on));
  store.listen(show);
  show(store.state);
}

function bindText(store: Store): void {
  const area = byId<HTMLTextAreaElement>("text");
  area.addEventListener("input", () => store.edit(area.value));
  const show = ({ text }: State) => {
    if (area.value !== text) area.value = text;
  };
  store.listen((state, before) => {
    show(state);
    if (state.text !== before.text) setText(byId("notice"), "");
  });
  show(store.state);
}

function showProgress(done: number, total: number): void {
  const bar = byId<HTMLProgressElement>("loading-bar");
  bar.max = total;
  bar.value = done;
  const megabytes = (bytes: number) => (bytes / 1e6).toFixed(1);
  setText(
    byId("loading-text"),
    done < total
      ? `Loading the model: ${megabytes(done)} of ${megabytes(total)} MB`
      : "Starting the model…",
  );
}

/** Says that the page is being loaded. */
function showLoading(): void {
  const bar = byId("loading-bar");
  bar.hidden = false;
  bar.removeAttribute("value");
  byId("retry").hidden = true;
  setText(byId("loading-text"), "Loading the model…");
}

/** Says why the page cannot start, and offers to try again. */
function showFailure(why: string): void {
  byId("loading-bar").hidden = true;
  byId("retry").hidden = false;
  setText(byId("loading-text"), `Cannot start: ${why}`);
}

/** All that the page needs before it can start. */
async function load(source: PageSource) {
  let failed = false;
  // What else is on its way when something failed must not look like progress, nor stay.
  const opening = openModel(source, (done, total) => failed || showProgress(done, total));
  try {
    return await Promise.all([opening, linkedState(source), source.corpora()]);
  } catch (error) {
    failed = true;
    opening.then((workers) => workers.end(), () => {});
    throw error;
  }
}

async function start(): Promise<void> {
  const source = findSource();
  const [workers, linked, corpora] = await load(source);
  const { info } = workers;
  const state = linked ? withUsual(linked, info) : await exampleState(source, info);
  const store = new Store(state);
  bindText(store);
  const picker = new PickerView(byId("picker"), source, {
    pick: (corpus, id) => pickArticle(store, source, corpus, id),
    failed: fail,
  });
  picker.setCorpora(corpora);
  picker.setArticle(state.article);
  store.listen((now, before) => {
    if (now.article !== before.article) picker.setArticle(now.article);
  });
  addActions(store, workers);
  new PageController(store, workers);
  keepLink(store, source, info);
  const { classes, explainers, notes, remote } = info;
  byId("model-notes").replaceChildren(...notes.map((note) => el("li", {}, note)));
  byId("model-notes").hidden = notes.length === 0;
  setText(
    byId("about"),
    `The model ${remote ? "is asked by this page's server" : "runs in this browser"}: ` +
      `${formatCount(classes.length, "class", "classes")}, ` +
      `${formatCount(explainers.length, "explainer")}. ` +
      (remote ? "What you type goes there." : "Nothing you type leaves it."),
  );
  byId("loading").hidden = true;
  document.body.classList.add("ready");
}

async function tryToStart(): Promise<void> {
  showLoading();
  try {
    await start();
  } catch (error) {
    showFailure((error as Error).message);
  }
}

byId("retry").addEventListener("click", tryToStart);
tryToStart();
