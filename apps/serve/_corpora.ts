import { unknownName } from "@heatword/core";
import { loadMiniature } from "@heatword/datasets/miniature";
import {
  type Article,
  GROUPS,
  hasNewsgroups,
  loadNewsgroups,
  type Split,
} from "@heatword/datasets/newsgroups";
import type { LabelledText } from "@heatword/datasets/tables";
import type { ChosenTexts } from "../opening/chosen_texts.ts";
import { Problem } from "./_problem.ts";

/** The name of a collection of articles. */
export type CorpusName = "miniature" | "test" | "train" | "files" | "data";

/** A collection of articles, as a list of it tells. */
export interface Corpus {
  /** Its name. */
  readonly name: CorpusName;
  /** What people call it. */
  readonly title: string;
  /** The classes of its articles; absent where they are those of the model. */
  readonly classes?: readonly string[];
}

/** An article, as it is sent. */
export interface Text {
  /** Its name: of an article, newsgroup and number. */
  readonly id: string;
  /** The true class, where it is known. */
  readonly label?: string;
  /** The text. */
  readonly text: string;
}

/** Some of the articles of a corpus. */
export interface Texts {
  /** How many there are in all. */
  readonly total: number;
  /** Those that were asked for. */
  readonly texts: readonly Text[];
}

const corpora: Readonly<Record<"miniature" | Split, Corpus>> = {
  miniature: { name: "miniature", title: "Miniature corpus", classes: GROUPS },
  test: { name: "test", title: "20Newsgroups, test", classes: GROUPS },
  train: { name: "train", title: "20Newsgroups, train", classes: GROUPS },
};

/** The articles that the page offers: always the miniature corpus, and the real one where it is. */
export class Corpora {
  readonly #data: string;
  readonly #loaded = new Map<CorpusName, Promise<ReadonlyMap<string, LabelledText>>>();
  /** What there is. */
  readonly list: readonly Corpus[];

  /**
   * Looks what there is; reads nothing yet.
   *
   * @param data The data folder.
   * @param own Texts that were named, and what they are called; they are offered first.
   */
  constructor(data: string, own?: ChosenTexts) {
    this.#data = data;
    const { miniature, test, train } = corpora;
    const known = hasNewsgroups(data) ? [miniature, test, train] : [miniature];
    this.list = own ? [{ name: "data", title: own.name }, ...known] : known;
    if (own) {
      this.#loaded.set("data", Promise.resolve(new Map(own.texts.map((text) => [text.id, text]))));
    }
  }

  #load(name: CorpusName): Promise<ReadonlyMap<string, LabelledText>> {
    const byId = (articles: readonly Article[]) =>
      new Map(articles.map((article) => [article.id, article]));
    const known = this.#loaded.get(name);
    if (known) return known;
    const keep = (name: CorpusName, articles: Promise<ReadonlyMap<string, LabelledText>>) => {
      // A corpus that cannot be read now may be there the next time.
      articles.catch(() => this.#loaded.delete(name));
      this.#loaded.set(name, articles);
    };
    if (name === "miniature") {
      keep(name, loadMiniature().then(({ test }) => byId(test)));
    } else {
      const both = loadNewsgroups(this.#data);
      for (const split of ["test", "train"] as const) {
        keep(split, both.then((corpus) => byId(corpus[split])));
      }
    }
    return this.#loaded.get(name)!;
  }

  /**
   * The articles of a corpus.
   *
   * @param name Its name.
   * @returns The articles by their ids, sorted.
   * @throws {Problem} 404 if there is no such corpus.
   */
  async articles(name: string): Promise<ReadonlyMap<string, LabelledText>> {
    const names = this.list.map((corpus) => corpus.name);
    const known = names.find((corpus) => corpus === name);
    if (!known) throw new Problem(404, unknownName("corpus", name, names).message);
    return await this.#load(known);
  }

  /**
   * Some of the articles, as they are sent.
   *
   * @param name The name of their corpus.
   * @param from The place of the first.
   * @param count How many at most.
   * @returns The articles, and how many there are in all.
   * @throws {Problem} 404 if there is no such corpus.
   */
  async texts(name: string, from: number, count: number): Promise<Texts> {
    const articles = [...(await this.articles(name)).values()];
    return {
      total: articles.length,
      texts: articles.slice(from, from + count)
        .map(({ id, label, text }) => ({ id, label, text })),
    };
  }

  /**
   * One article.
   *
   * @param name The name of its corpus.
   * @param id Its newsgroup and number.
   * @returns The article.
   * @throws {Problem} 404 if there is no such corpus or article.
   */
  async text(name: string, id: string): Promise<Text> {
    const article = (await this.articles(name)).get(id);
    if (!article) throw new Problem(404, `The corpus "${name}" has no article "${id}"`);
    return { id, label: article.label, text: article.text };
  }
}
