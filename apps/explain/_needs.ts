import { environmentVariable } from "@heatword/core/permissions";
import { findData } from "@heatword/datasets";
import type { Args } from "@std/cli/parse-args";
import { fileURLToPath } from "node:url";
import { type Need, needsOfData, needsOfFiles } from "../cli/permissions.ts";

/** The program itself, which each worker loads anew. */
const program = fileURLToPath(new URL("../..", import.meta.url));

/** The permissions that the command line asks for; a text alone needs none. */
export function needsOf(args: Args): Need[] {
  const { batch, newsgroup } = args;
  return [
    ...needsOfFiles("read", {
      "Option --file": args.file,
      "Option --batch": batch,
      "Option --newsgroup": newsgroup === undefined ? undefined : findData(args.data),
      "Option --model": args.model,
      "$HEATWORD_MODEL": args.model
        ? undefined
        : environmentVariable("HEATWORD_MODEL") || undefined,
      "Option --plugin": args.plugin,
    }),
    ...needsOfData(args.data),
    ...(batch === undefined ? [] : needsOfFiles("read", { "Option --batch": program })),
    ...needsOfFiles("write", { "Option --out": args.out, "Option --rejected": args.rejected }),
  ];
}
