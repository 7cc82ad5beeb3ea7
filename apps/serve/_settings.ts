import { defined } from "../cli/flag.ts";
import type { ServeArguments } from "../cli/programs/serve.ts";
import { type LabelledSettings, labelledSettings } from "../opening/labelled_settings.ts";
import { type ModelLimits, modelLimits } from "../opening/model_limits.ts";

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
  /** The model to compare it with, when one was named. */
  readonly compare?: string;
  /** How each is asked, where it is a server or a program. */
  readonly limits?: ModelLimits;
  /** The data folder, or tables or a folder of labelled texts, when they were named. */
  readonly data?: string | readonly string[];
  /** How tables are written, and where they have what. @default {as their names and first rows tell} */
  readonly columns?: LabelledSettings["columns"];
  /** Files that register more explainers. */
  readonly plugins: readonly string[];
  /** How many workers answer the API. */
  readonly workers: number;
  /** How long an explanation may take, in milliseconds. */
  readonly timeLimit: number;
  /** How long a request for one text may wait until its explanation begins, in milliseconds. */
  readonly waitLimit: number;
  /** How long a client may take to send a request, in milliseconds. @default {10_000} */
  readonly bodyTimeout?: number;
}

/** Reads the settings from the command line. */
export function readSettings(args: ServeArguments): ServeSettings {
  const { host, port, workers, model, "compare-model": compare } = args;
  return {
    host,
    port,
    allowedHosts: args["allow-host"],
    plugins: args.plugin,
    workers,
    timeLimit: 1000 * args["time-limit"],
    waitLimit: 1000 * args["wait-limit"],
    ...modelLimits(args),
    ...labelledSettings(args),
    ...defined({ model, compare }),
  };
}
