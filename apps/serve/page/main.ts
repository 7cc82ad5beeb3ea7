/// <reference lib="dom" />
import { formatCount } from "@heatword/eval/numbers";
import { byId, el, setText } from "./dom.ts";
import { packState, unpackState } from "./link.ts";
import { openModel } from "./model.ts";
import { bindExamples, Examples, offered } from "./examples.ts";
import { bindTools } from "./tools.ts";
import { TextsView } from "./texts_view.ts";
import { PageController } from "./page_controller.ts";
import type { ModelInfo, Question } from "./protocol.ts";
import { findSource, type PageSource } from "./source.ts";
import { type ArticleName, firstState, type State, Store } from "./state.ts";

function fail(why: string): void {
  setText(byId("notice"), why);
}

function named(corpus: string, id: string, label?: string): ArticleName {
  return { corpus, id, ...(label !== undefined && { label }) };
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

/** What is shown first: an example, where there is one for the classes of the model. */
async function firstShown(
  examples: Examples,
  { usual: [first, second] }: ModelInfo,
): Promise<State> {
  const state: State = {
    ...firstState,
    questions: [usualQuestion(first), usualQuestion(second)],
  };
  const example = await examples.first().catch(() => undefined);
  return example ? { ...state, ...example } : state;
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
  const examples = new Examples(source, offered(corpora, info.classes));
  const state = linked ? withUsual(linked, info) : await firstShown(examples, info);
  const store = new Store(state);
  store.listen((now, before) => {
    if (now.text !== before.text) setText(byId("notice"), "");
  });
  const { editor } = new PageController(store, workers);
  bindTools(store, workers, editor, fail);
  bindExamples(store, examples, fail);
  const texts = new TextsView(byId("texts"), source, workers, {
    failed: fail,
    open(corpus, { id, text, label }) {
      const { article: _, meant: __, ...rest } = store.state;
      store.replace({ ...rest, text, deleted: [], article: named(corpus, id, label) });
      byId("heatmaps").scrollIntoView();
      byId("heatmaps").focus({ preventScroll: true });
    },
  });
  texts.setCorpora(examples.corpora);
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
