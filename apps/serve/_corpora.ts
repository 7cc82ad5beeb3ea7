import { unknownName } from "@heatword/core";
import { loadMiniature } from "@heatword/datasets/miniature";
import {
  type Article,
  hasNewsgroups,
  loadNewsgroups,
  type Split,
} from "@heatword/datasets/newsgroups";
import { Problem } from "./_problem.ts";

/** The name of a collection of articles. */
export type CorpusName = "miniature" | "test" | "train" | "files";

/** A collection of articles, as a list of it tells. */
export interface Corpus {
  /** Its name. */
  readonly name: CorpusName;
  /** What people call it. */
  readonly title: string;
}

/** An article, as it is sent. */
export interface Text {
  /** Newsgroup and number. */
  readonly id: string;
  /** The true class, where it is known. */
  readonly label?: string;
  /** The text. */
  readonly text: string;
}

const corpora: Readonly<Record<"miniature" | Split, Corpus>> = {
  miniature: { name: "miniature", title: "Miniature corpus" },
  test: { name: "test", title: "20Newsgroups, test" },
  train: { name: "train", title: "20Newsgroups, train" },
};

/** The articles that the page offers: always the miniature corpus, and the real one where it is. */
export class Corpora {
  readonly #data: string;
  readonly #loaded = new Map<CorpusName, Promise<ReadonlyMap<string, Article>>>();
  /** What there is. */
  readonly list: readonly Corpus[];

  /**
   * Looks what there is; reads nothing yet.
   *
   * @param data The data folder.
   */
  constructor(data: string) {
    this.#data = data;
    const { miniature, test, train } = corpora;
    this.list = hasNewsgroups(data) ? [miniature, test, train] : [miniature];
  }

  #load(name: CorpusName): Promise<ReadonlyMap<string, Article>> {
    const byId = (articles: readonly Article[]) =>
      new Map(articles.map((article) => [article.id, article]));
    const known = this.#loaded.get(name);
    if (known) return known;
    const keep = (name: CorpusName, articles: Promise<ReadonlyMap<string, Article>>) => {
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
  async articles(name: string): Promise<ReadonlyMap<string, Article>> {
    const names = this.list.map((corpus) => corpus.name);
    const known = names.find((corpus) => corpus === name);
    if (!known) throw new Problem(404, unknownName("corpus", name, names).message);
    return await this.#load(known);
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
