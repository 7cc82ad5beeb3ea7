import { defineProgram } from "../program.ts";
import { jsonFlag, pluginFlag } from "../shared_flags.ts";

/** `deno task explainers` */
export const explainersProgram = defineProgram({
  name: "explainers",
  about: `
Lists the explainers: what each does, what it promises and needs, its options, where it comes from.
`,
  usage: ["deno task explainers [options]"],
  flags: [pluginFlag, jsonFlag("Print one JSON array instead of text")],
});
