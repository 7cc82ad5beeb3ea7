/// <reference lib="dom" />
import type { Corpus } from "../_corpora.ts";
import { byId, el } from "./dom.ts";
import type { PageSource } from "./source.ts";
import type { ArticleName, State, Store } from "./state.ts";

/** A text that the page offers. */
export interface Example {
  /** The text. */
  readonly text: string;
  /** What article it is. */
  readonly article?: ArticleName;
}

/** For models of unknown subject. */
const general: readonly Example[] = [
  { text: "I did not expect much, but this was a good surprise, and I would come back at once." },
  { text: "The first part was slow and far too long. The end, however, was worth the wait!" },
  { text: "It broke after two days, nobody answered my letters, and the money is gone." },
];

/** Which articles of the miniature corpus are shown first. */
const chosen = ["sci.space/001", "rec.motorcycles/001", "sci.med/003"];

/** How many examples are offered. */
const OFFERED = 3;

/** The collections with texts for classes that a model has. */
export function offered(
  corpora: readonly Corpus[],
  classes: readonly string[],
): readonly Corpus[] {
  return corpora.filter((corpus) =>
    corpus.classes === undefined || corpus.classes.some((name) => classes.includes(name))
  );
}

/** Texts for who has none at hand. */
export class Examples {
  readonly #source: PageSource;
  /** The collections that they are taken from. */
  readonly corpora: readonly Corpus[];
  #ids: Promise<readonly string[]> | undefined;
  #next = OFFERED;

  /** Takes them from collections. */
  constructor(source: PageSource, corpora: readonly Corpus[]) {
    this.#source = source;
    this.corpora = corpora;
  }

  get #corpus(): Corpus | undefined {
    return this.corpora[0];
  }

  /** The ids of the articles: the chosen ones first, then one of each class after the other. */
  #order(): Promise<readonly string[]> {
    return this.#ids ??= this.#source.ids(this.#corpus!.name).then((ids) => {
      const first = chosen.filter((id) => this.#corpus!.name === "miniature" && ids.includes(id));
      const rest = ids.filter((id) => !first.includes(id));
      const step = Math.max(1, Math.floor(rest.length / OFFERED));
      const spread = Array.from({ length: step }, (_, i) => i)
        .flatMap((i) => rest.filter((_, at) => at % step === i));
      return [...first, ...spread];
    });
  }

  async #article(id: string): Promise<Example> {
    const { name } = this.#corpus!;
    const { text, label } = await this.#source.article(name, id);
    return { text, article: { corpus: name, id, ...(label !== undefined && { label }) } };
  }

  /** The one that the page begins with, if there is one of the model's own subject. */
  async first(): Promise<Example | undefined> {
    if (this.#corpus === undefined) return undefined;
    const [id] = await this.#order();
    return id === undefined ? undefined : await this.#article(id);
  }

  /** Those that are offered. */
  async offered(): Promise<readonly Example[]> {
    if (this.#corpus === undefined) return general;
    const ids = await this.#order();
    return await Promise.all(ids.slice(0, OFFERED).map((id) => this.#article(id)));
  }

  /** One after the other. */
  async another(): Promise<Example> {
    if (this.#corpus === undefined) return general[this.#next++ % general.length]!;
    const ids = await this.#order();
    return await this.#article(ids[this.#next++ % ids.length]!);
  }
}

/** Offers examples where there is no text, and others on request. */
export function bindExamples(
  store: Store,
  examples: Examples,
  fail: (why: string) => void,
): void {
  const box = byId("examples");
  const show = ({ text, article }: Example) => {
    const { article: _, meant: __, ...rest } = store.state;
    store.replace({ ...rest, text, deleted: [], ...(article && { article }) });
  };
  const another = byId<HTMLButtonElement>("another");
  another.hidden = false;
  another.addEventListener("click", () => {
    examples.another().then(show, (error) => fail(error.message));
  });
  let offering: Promise<void> | undefined;
  const offer = () =>
    offering ??= examples.offered().then((offered) => {
      box.replaceChildren(...offered.map((example) => {
        const lines = example.text.replaceAll(/\s+/g, " ").trim();
        return el(
          "button",
          { type: "button", class: "example", click: () => show(example) },
          ...(example.article?.label === undefined
            ? []
            : [el("b", {}, example.article.label), " "]),
          el("span", {}, lines.length > 140 ? `${lines.slice(0, 139)}…` : lines),
        );
      }));
    }).catch((error) => {
      offering = undefined;
      fail(error.message);
    });
  const update = ({ text }: State) => {
    const isEmpty = text.trim() === "";
    byId("starts").hidden = !isEmpty;
    if (isEmpty) offer();
  };
  store.listen(update);
  update(store.state);
}
