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
import { readCommandLine, runMain, UsageError } from "./cli/cli.ts";
import { requirePermissions } from "./cli/permissions.ts";
import { showProgress } from "./cli/progress.ts";

const HELP = `
Download the data that others publish, check it, and put it where the other programs look for it.

Usage: deno task fetch [options] [WHAT...]

WHAT is one or more of (default: corpus punkt):
  corpus      The 20Newsgroups corpus, "bydate" split (14 MB)
  punkt       Punkt's tables for English: with them the tokens are exactly NLTK's (4 MB)
  googlenews  The GoogleNews vectors of the words of the corpus (1.6 GB go through the network,
              about 100 MB are kept); the corpus must be there

What is there and intact is not downloaded again. A download that was cut off goes on where it was
when the program is run again (googlenews begins anew). A proxy is taken from HTTP_PROXY,
HTTPS_PROXY and NO_PROXY.

Options:
  --data DIR    Data folder (default: $HEATWORD_DATA, else ./data)
  --cache DIR   Cache folder, for googlenews (default: $HEATWORD_CACHE, else ./.cache)
  --mirror URL  Another address of the same file, asked first; for one WHAT; may be repeated
  --force       Download it even if it is there
  --offline     Use no network: only check what is there
  -h, --help    Print this help
`;

type Fetch = (data: string, cache: string, options: FetchOptions) => Promise<string>;

const said = (downloaded: boolean) => downloaded ? "downloaded" : "already there";

const FETCHES: Record<string, Fetch> = {
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

if (import.meta.main) {
  await runMain(async () => {
    const args = readCommandLine(Deno.args, {
      help: HELP,
      string: ["data", "cache"],
      collect: ["mirror"],
      boolean: ["force", "offline"],
    });
    const names = args._.length > 0 ? args._.map(String) : ["corpus", "punkt"];
    for (const name of names) {
      if (!Object.hasOwn(FETCHES, name)) {
        throw new UsageError(unknownName("data", name, Object.keys(FETCHES)).message);
      }
    }
    if (args.mirror.length > 0 && names.length !== 1) {
      throw new UsageError("Option --mirror goes with one kind of data; see --help");
    }
    const by = "Downloading";
    requirePermissions([{ by, to: "read" }, { by, to: "write" }]);
    if (!args.offline) requirePermissions([{ by, to: "net" }]);
    const options: FetchOptions = {
      mirrors: args.mirror,
      force: args.force,
      offline: args.offline,
      onProgress: showProgress(),
    };
    for (const name of names) {
      console.log(
        `${name}: ${await FETCHES[name]!(findData(args.data), findCache(args.cache), options)}`,
      );
    }
  });
}
