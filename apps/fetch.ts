import { findCache, findData, preprocess } from "@heatword/datasets";
import { loadNewsgroups } from "@heatword/datasets/newsgroups";
import { findPunktParameters } from "@heatword/datasets/nltk";
import {
  fetchGoogleNews,
  fetchNewsgroups,
  type FetchOptions,
  fetchPunkt,
} from "@heatword/datasets/sources";
import { wantedForms } from "@heatword/datasets/vectors";
import { unknownName } from "@heatword/core";
import { requirePermissions } from "./cli/permissions.ts";
import { type fetched, fetchProgram } from "./cli/programs/fetch.ts";
import { showProgress } from "./cli/progress.ts";
import { runProgram } from "./cli/run_program.ts";
import { UsageError } from "./cli/usage_error.ts";

type Fetch = (data: string, cache: string, options: FetchOptions) => Promise<string>;

const said = (downloaded: boolean) => downloaded ? "downloaded" : "already there";

const FETCHES: Record<(typeof fetched)[number], Fetch> = {
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

function readNames(given: readonly string[]): (keyof typeof FETCHES)[] {
  const known = Object.keys(FETCHES) as (keyof typeof FETCHES)[];
  if (given.length === 0) return ["corpus", "punkt"];
  return given.map((name) => {
    const found = known.find((one) => one === name);
    if (found !== undefined) return found;
    throw new UsageError(unknownName("data", name, known).message);
  });
}

if (import.meta.main) {
  await runProgram(fetchProgram, async ({ positionals, data, cache, mirror, force, offline }) => {
    const names = readNames(positionals);
    if (mirror.length > 0 && names.length !== 1) {
      throw new UsageError("Option --mirror goes with one kind of data; see --help");
    }
    const by = "Downloading";
    requirePermissions([{ by, to: "read" }, { by, to: "write" }]);
    if (!offline) requirePermissions([{ by, to: "net" }]);
    const options = { mirrors: mirror, force, offline, onProgress: showProgress() };
    for (const name of names) {
      console.log(`${name}: ${await FETCHES[name](findData(data), findCache(cache), options)}`);
    }
  });
}
