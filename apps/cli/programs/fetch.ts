import { repeatedFlag, switchFlag } from "../flag_kinds.ts";
import { defineProgram } from "../program.ts";
import { cacheFlag, dataFlag, offlineFlag } from "../shared_flags.ts";

/** What can be fetched. */
export const fetched = ["corpus", "punkt", "googlenews"] as const;

/** The name of what can be fetched. */
export type Fetched = (typeof fetched)[number];

/** `deno task fetch` */
export const fetchProgram = defineProgram({
  name: "fetch",
  about: `
Downloads the data that others publish, checks it, and puts it where the other programs look for it.
`,
  usage: ["deno task fetch [options] [WHAT...]"],
  details: `
WHAT is one or more of (corpus punkt if not given):
  corpus      The 20Newsgroups corpus, "bydate" split (14 MB)
  punkt       Punkt's tables for English: with them the tokens are exactly NLTK's (4 MB)
  googlenews  The GoogleNews vectors of the words of the corpus (1.6 GB go through the network,
              about 100 MB are kept); the corpus must be there

What is there and intact is not downloaded again. A download that was cut off goes on where it was
when the program is run again (googlenews begins anew). A proxy is taken from HTTP_PROXY,
HTTPS_PROXY and NO_PROXY.
`,
  positionals: Infinity,
  completePositional: fetched,
  flags: [
    dataFlag(),
    cacheFlag,
    repeatedFlag("mirror", {
      value: "URL",
      help: "Another address of the same file, asked first; for one WHAT",
    }),
    switchFlag("force", "Download it even if it is there"),
    offlineFlag,
  ],
});
