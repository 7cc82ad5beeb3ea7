import { preprocess } from "@heatword/datasets";
import { loadNewsgroups } from "@heatword/datasets/newsgroups";
import { findPunktParameters } from "@heatword/datasets/nltk";
import {
  fetchGoogleNews,
  fetchNewsgroups,
  type FetchOptions,
  fetchPunkt,
} from "@heatword/datasets/sources";
import { wantedForms } from "@heatword/datasets/vectors";
import type { Fetched } from "./cli/programs/fetch.ts";

/** Downloads into the folders of data and cache, unless it is there; says what was done. */
type Fetch = (data: string, cache: string, options: FetchOptions) => Promise<string>;

const said = (downloaded: boolean) => downloaded ? "downloaded" : "already there";

/** How each kind of data is fetched. */
export const fetches: Readonly<Record<Fetched, Fetch>> = {
  corpus: async (data, _, options) =>
    `${said(await fetchNewsgroups(data, options))} in ${data}/newsgroups`,
  punkt: async (data, _, options) =>
    `${said(await fetchPunkt(data, options))} in ${data}/punkt/english`,
  googlenews: async (data, cache, options) => {
    const { train, test } = await loadNewsgroups(data);
    const parameters = await findPunktParameters(data);
    const documents = [...train, ...test].map(({ text }) =>
      preprocess(text, { parameters, maxTokens: Infinity })
    );
    const wanted = wantedForms(documents);
    const { vectors, path } = await fetchGoogleNews(wanted, cache, { ...options, dataDir: data });
    return `${vectors.size} vectors in ${path}`;
  },
};
