import { findData } from "@heatword/datasets/folders";
import { fileURLToPath } from "node:url";
import { type Need, needsOfData, needsOfFiles, needsOfModel } from "../cli/permissions.ts";
import type { ExplainArguments } from "../cli/programs/explain.ts";

/** The program itself, which each worker loads anew. */
const program = fileURLToPath(new URL("../..", import.meta.url));

/** The permissions that the command line asks for; a text alone needs none. */
export function needsOf(args: ExplainArguments): Need[] {
  const { batch, newsgroup, file, model, plugin, data, out, rejected } = args;
  return [
    ...needsOfFiles("read", {
      "Option --file": file,
      "Option --batch": batch,
      "Option --newsgroup": newsgroup === undefined ? undefined : findData(data),
    }),
    ...needsOfModel(model),
    ...needsOfFiles("read", { "Option --plugin": plugin }),
    ...needsOfData(data),
    ...(batch.length === 0 ? [] : needsOfFiles("read", { "Option --batch": program })),
    ...needsOfFiles("write", { "Option --out": out, "Option --rejected": rejected }),
  ];
}
