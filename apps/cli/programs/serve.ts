import { readFlag, repeatedFlag, secondsFlag, wholeNumberFlag } from "../flag_kinds.ts";
import { type ArgumentsOf, defineProgram } from "../program.ts";
import { compareFlag, modelFlag, modelLimitFlags, pluginFlag } from "../shared_flags.ts";
import { columnFlags, labelledDataFlag } from "../table_flags.ts";
import { UsageError } from "../usage_error.ts";

/** Whether something is an IPv6 address, with a zone or without; `node:net` takes long to load. */
const isIPv6 = (host: string) =>
  /^[\da-f:.]+(%[\w.-]+)?$/i.test(host) && URL.canParse(`http://[${host.replace(/%.*/, "")}]`);

/** The address to listen on, without the brackets that an IPv6 address has in a URL. */
function readHost(given: string): string {
  const host = given.replace(/^\[(.*)\]$/, "$1");
  if (/^[\w.-]+$/.test(host) || isIPv6(host)) return host;
  throw new UsageError(`Option --host takes an address or a name, without a port, not "${given}"`);
}

/** `deno task serve` */
export const serveProgram = defineProgram({
  name: "serve",
  about: "Serves a page to play with explanations, and a JSON API beside it.",
  usage: ["deno task serve [options]", "deno task serve --data FILE... [options]"],
  positionals: Infinity,
  completePositional: "file",
  details: `
The model runs in the browser: once the page is loaded, it no longer needs the server. A model that
runs in no browser, as a server, a command, or one of a kind from a plugin, is opened once, and the
page asks its server for scores.

With --compare-model the page shows two models at once: what each decides on the same text, a
heatmap by each, and the words whose part in the decision differs most. The API answers by both: a
request names its model in the field "model". What is said of "a model" holds for each of them.

The page offers the texts of --data in a table, with what the model makes of each, the most
confident errors first. Texts that the model was trained on, where it tells, are left out.
`,
  flags: [
    wholeNumberFlag("port", {
      value: "N",
      from: 0,
      to: 65535,
      default: 8000,
      help: "The port to listen on, 0 for any free one",
    }),
    readFlag("host", {
      value: "ADDRESS",
      default: "127.0.0.1",
      help:
        "The address or name to listen on, 0.0.0.0 or :: for every one that this machine has. " +
        "Everybody who reaches the address can use the server; it has no passwords",
    }, readHost),
    repeatedFlag("allow-host", {
      value: "NAME",
      help: "Another name that browsers may open the server by",
    }),
    modelFlag,
    compareFlag,
    ...modelLimitFlags,
    labelledDataFlag,
    ...columnFlags,
    pluginFlag,
    wholeNumberFlag("workers", {
      value: "N",
      from: 1,
      to: 64,
      default: 2,
      help:
        "How many requests to the API are answered at once, by each model. Each has a process " +
        "of its own, and one more stands by",
    }),
    secondsFlag("time-limit", {
      from: 0.1,
      to: 3600,
      default: 10,
      help: "Seconds that an explanation by the API may take",
    }),
    secondsFlag("wait-limit", {
      from: 0.1,
      to: 3600,
      default: 10,
      help:
        "Seconds that a request to the API for one text may wait for a worker before it is told " +
        "to try again later; the texts of a batch wait for their turn",
    }),
  ],
  examples: [
    "deno task serve",
    "deno task serve --port 0 --model .cache/model",
    "deno task serve --model reviews-model --data reviews.csv --text body --label stars",
    "deno task serve --model model-of-june --compare-model model-of-may",
    "curl -s 127.0.0.1:8000/api/explain -H content-type:application/json \\",
    '  -d \'{"text": "The shuttle reached its orbit"}\'',
  ],
});

/** What is given to `deno task serve`. */
export type ServeArguments = ArgumentsOf<typeof serveProgram>;
