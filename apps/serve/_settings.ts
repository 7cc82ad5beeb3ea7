import { modelFolderHelp, pluginHelp } from "../cli/model_help.ts";
import type { Args } from "@std/cli/parse-args";
import { isIPv6 } from "node:net";
import { type CommandLine, UsageError } from "../cli/cli.ts";

/** How to serve. */
export interface ServeSettings {
  /** The address to listen on. */
  readonly host: string;
  /** The port. */
  readonly port: number;
  /** More names that the server goes by. */
  readonly allowedHosts: readonly string[];
  /** The folder of the model, when one was named. */
  readonly model?: string;
  /** The data folder, when one was named. */
  readonly data?: string;
  /** Files that register more explainers. */
  readonly plugins: readonly string[];
  /** How many workers answer the API. */
  readonly workers: number;
  /** How long an explanation may take, in milliseconds. */
  readonly timeLimit: number;
  /** How long a request may wait until its explanation begins, in milliseconds. */
  readonly waitLimit: number;
  /** How long a client may take to send a request, in milliseconds. @default {10_000} */
  readonly bodyTimeout?: number;
}

const help = `
Serves a page to play with explanations, and a JSON API beside it.

Usage: deno task serve [options]

The model runs in the browser: once the page is loaded, it needs the server no more.

Options:
  --port N           The port to listen on; 8000 if not given, 0 for any free one
  --host ADDRESS     The address or name to listen on; 127.0.0.1 if not given, 0.0.0.0 or :: for
                     every one that this machine has. Everybody who reaches the address can use the
                     server; it has no passwords
  --allow-host NAME  Another name that browsers may open the server by; may be repeated
  --model DIR        ${modelFolderHelp}
  --data DIR         The data folder; $HEATWORD_DATA, else ./data. Where it has the corpus, the page
                     offers its articles too
  --plugin FILE      ${pluginHelp}
  --workers N        How many requests to the API are answered at once; 2 if not given. Each has a
                     process of its own, and one more stands by
  --time-limit S     Seconds that an explanation by the API may take; 10 if not given
  --wait-limit S     Seconds that a request to the API may wait for a worker before it is told to try
                     again later; 10 if not given
  -h, --help         Print this help, and end

Examples:
  deno task serve
  deno task serve --port 0 --model .cache/model
  curl -s 127.0.0.1:8000/api/explain -H content-type:application/json \\
    -d '{"text": "The shuttle reached its orbit"}'
`;

/** What the program takes, for `readCommandLine`. */
export const commandLine: CommandLine = {
  help,
  string: ["port", "host", "model", "data", "workers", "time-limit", "wait-limit"],
  collect: ["allow-host", "plugin"],
  positionals: 0,
};

function numberOf(args: Args, name: string, fallback: number, least: number, most: number): number {
  const given: string | undefined = args[name];
  if (given === undefined) return fallback;
  const value = Number(given);
  if (given.trim() === "" || !(value >= least && value <= most)) {
    throw new UsageError(
      `Option --${name} takes a number from ${least} to ${most}, not "${given}"`,
    );
  }
  return value;
}

function wholeNumber(args: Args, name: string, fallback: number, least: number, most: number) {
  const value = numberOf(args, name, fallback, least, most);
  if (Number.isInteger(value)) return value;
  throw new UsageError(`Option --${name} takes a whole number, not "${args[name]}"`);
}

/** The address to listen on, without the brackets that an IPv6 address has in a URL. */
function hostOf(given: string | undefined): string {
  if (given === undefined) return "127.0.0.1";
  const host = given.replace(/^\[(.*)\]$/, "$1");
  if (/^[\w.-]+$/.test(host) || isIPv6(host)) return host;
  throw new UsageError(`Option --host takes an address or a name, without a port, not "${given}"`);
}

/**
 * Reads the settings from the command line.
 *
 * @throws {UsageError} If a value makes no sense.
 */
export function readSettings(args: Args): ServeSettings {
  return {
    host: hostOf(args.host),
    port: wholeNumber(args, "port", 8000, 0, 65535),
    allowedHosts: args["allow-host"],
    plugins: args.plugin,
    workers: wholeNumber(args, "workers", 2, 1, 64),
    timeLimit: 1000 * numberOf(args, "time-limit", 10, 0.1, 3600),
    waitLimit: 1000 * numberOf(args, "wait-limit", 10, 0.1, 3600),
    ...(args.model !== undefined && { model: args.model }),
    ...(args.data !== undefined && { data: args.data }),
  };
}
