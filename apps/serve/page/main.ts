/// <reference lib="dom" />
import { formatCount } from "@heatword/eval/numbers";
import { byId, el, setText } from "./dom.ts";
import { packState, unpackState } from "./link.ts";
import { openModels, type PageModel } from "./model.ts";
import { bindExamples, Examples, offered } from "./examples.ts";
import { bindTools } from "./tools.ts";
import { TextsView } from "./texts_view.ts";
import { PageController } from "./page_controller.ts";
import type { Question } from "./protocol.ts";
import { fittingQuestion, fittingUnit, usualQuestion } from "./questions.ts";
import { findSource, type PageSource } from "./source.ts";
import { type ArticleName, firstState, type State, Store } from "./state.ts";

/** The model of the page, and the one that is compared with it where there is one. */
type Models = readonly [first: PageModel, other?: PageModel];

function fail(why: string): void {
  setText(byId("notice"), why);
}

/** Says something besides what is said already. */
function add(why: string): void {
  const said = byId("notice").textContent;
  fail(said === "" ? why : `${said}. ${why}`);
}

function named(corpus: string, id: string, label?: string): ArticleName {
  return { corpus, id, ...(label !== undefined && { label }) };
}

/** The state of a link; an article is fetched, or its absence said. */
async function linkedState(source: PageSource): Promise<State | undefined> {
  const linked = await unpackState(location.hash);
  if (linked?.problem) add(linked.problem);
  if (linked?.article === undefined) return linked?.state;
  const [corpus = "", ...rest] = linked.article.split("/");
  const id = rest.join("/");
  try {
    const { text, label } = await source.article(corpus, id);
    return { ...linked.state, text, article: named(corpus, id, label) };
  } catch (error) {
    add((error as Error).message);
    return linked.state;
  }
}

/** What the second heatmap shows if nothing was asked of it yet: the other model, where there is one. */
function usualSecond(
  first: Question,
  [{ info }, other]: Models,
): Pick<State, "questions" | "other"> {
  return other
    ? { questions: [first, fittingQuestion(first, other.info)], other: other.name }
    : { questions: [first, usualQuestion(info.usual[1])], other: "" };
}

/** A linked state as the models of this page can show it. */
function shownHere(linked: State, models: Models): State {
  // A page whose first model reads words has other units than one of characters.
  const state: State = { ...linked, unit: fittingUnit(linked.unit, models[0].info) };
  const [left, right] = state.questions;
  if (!state.compare) return { ...state, ...usualSecond(left, models) };
  const [{ info }, other] = models;
  if (state.other === "" || state.other === other?.name) return state;
  const has = other ? `the other model here is "${other.name}"` : "this page has one model alone";
  add(
    `The second heatmap of this link is of a model "${state.other}", but ${has}: both are of the first`,
  );
  return { ...state, other: "", questions: [left, fittingQuestion(right, info)] };
}

/** What is shown first: an example, where there is one for the classes of the model. */
async function firstShown(examples: Examples, models: Models): Promise<State> {
  const [{ info: { usual } }, other] = models;
  const state: State = {
    ...firstState,
    ...usualSecond(usualQuestion(usual[0]), models),
    compare: other !== undefined,
  };
  const example = await examples.first().catch(() => undefined);
  return example ? { ...state, ...example } : state;
}

/** Keeps the address up to date, and follows it; `isNew` where it does not hold what is shown. */
function keepLink(store: Store, source: PageSource, models: Models, isNew: boolean): void {
  let written = location.hash;
  let timer: ReturnType<typeof setTimeout> | undefined;
  const write = async () => {
    const packed = `#${await packState(store.state)}`;
    if (packed === location.hash) return;
    history.replaceState(null, "", packed);
    written = location.hash;
  };
  if (isNew) void write();
  store.listen(() => {
    clearTimeout(timer);
    timer = setTimeout(write, 300);
  });
  addEventListener("hashchange", async () => {
    if (location.hash === written) return;
    written = location.hash;
    fail("");
    const state = await linkedState(source);
    if (state === undefined) return;
    const shown = shownHere(state, models);
    const why = byId("notice").textContent;
    store.replace(shown);
    // Another text says nothing of what is wrong with its own link.
    fail(why);
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
  fail("");
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
  const opening = openModels(source, (done, total) => failed || showProgress(done, total));
  try {
    return await Promise.all([opening, linkedState(source), source.corpora()]);
  } catch (error) {
    failed = true;
    opening.then((models) => models.forEach(({ end }) => end()), () => {});
    throw error;
  }
}

/** Says what is to be known of the models: where they run, and what they say of themselves. */
function describe(models: readonly PageModel[]): void {
  const areTwo = models.length > 1;
  const notes = models.flatMap(({ name, info }) =>
    info.notes.map((note) => areTwo ? `${name}: ${note}` : note)
  );
  byId("model-notes").replaceChildren(...notes.map((note) => el("li", {}, note)));
  byId("model-notes").hidden = notes.length === 0;
  const sentences = models.map(({ name, info: { classes, explainers, remote } }) =>
    `The model ${areTwo ? `${name} ` : ""}${
      remote ? "is asked by this page's server" : "runs in this browser"
    }: ${formatCount(classes.length, "class", "classes")}, ` +
    `${formatCount(explainers.length, "explainer")}.`
  );
  const goes = models.some(({ info }) => info.remote)
    ? "What you type goes there."
    : "Nothing you type leaves it.";
  setText(byId("about"), [...sentences, goes].join(" "));
}

async function start(): Promise<void> {
  const source = findSource();
  const [all, linked, corpora] = await load(source);
  // There is always one.
  const first = all[0]!;
  const models: Models = all[1] ? [first, all[1]] : [first];
  const examples = new Examples(source, offered(corpora, first.info.classes));
  const state = linked ? shownHere(linked, models) : await firstShown(examples, models);
  const store = new Store(state);
  // What was typed while the page was loaded stays.
  const typed = byId<HTMLTextAreaElement>("text").value;
  if (typed !== "") store.edit(typed);
  store.listen((now, before) => {
    if (now.text !== before.text) setText(byId("notice"), "");
  });
  const page = new PageController(store, all);
  const { editor } = page;
  bindTools({ store, models: all, deleted: (panel) => page.deleted(panel) }, editor, fail);
  bindExamples(store, examples, fail);
  const texts = new TextsView(byId("texts"), source, first, {
    failed: fail,
    open(corpus, { id, text, label }) {
      const { article: _, meant: __, ...rest } = store.state;
      store.replace({ ...rest, text, deleted: [], article: named(corpus, id, label) });
      byId("heatmaps").scrollIntoView();
      byId("heatmaps").focus({ preventScroll: true });
    },
  });
  if (all.length > 1) setText(byId("texts-title"), `Texts, classified by ${first.name}`);
  texts.setCorpora(examples.corpora);
  keepLink(store, source, models, typed !== "");
  describe(all);
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
