import type { ModelResources } from "@heatword/core";
import { defined } from "../cli/flag.ts";

/** How a model is asked that is a server or a program: nothing that what it says depends on. */
export type ModelLimits = Pick<
  ModelResources,
  "maxRequests" | "batchSize" | "concurrency" | "timeout"
>;

/** What the command line says about it. */
interface LimitArguments {
  readonly "max-requests"?: number | undefined;
  readonly "request-timeout"?: number | undefined;
  readonly "batch-size"?: number | undefined;
  readonly concurrency?: number | undefined;
}

/** Reads from a command line how a model is asked; as the part of settings that says it. */
export function modelLimits(args: LimitArguments): { readonly limits?: ModelLimits } {
  const timeout = args["request-timeout"];
  const limits = defined({
    maxRequests: args["max-requests"],
    batchSize: args["batch-size"],
    concurrency: args.concurrency,
    timeout: timeout === undefined ? undefined : 1000 * timeout,
  });
  return Object.keys(limits).length === 0 ? {} : { limits };
}
