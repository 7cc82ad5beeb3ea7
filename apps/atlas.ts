#!/usr/bin/env -S deno run -q -P=atlas
import { needsOfModel, needsOfReadingAndWriting, requirePermissions } from "./cli/permissions.ts";
import { atlasProgram } from "./cli/programs/atlas.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";

if (isStarted(import.meta)) {
  runProgram(atlasProgram, async (args) => {
    requirePermissions([...needsOfReadingAndWriting("An atlas"), ...needsOfModel(args.model)]);
    const { readAtlasSettings, writeAtlas } = await import("./_atlas.ts");
    for (const file of await writeAtlas(readAtlasSettings(args))) console.log(file);
  }, async ({ plugin }) => {
    const { explainerNames } = await import("./opening/word_lists.ts");
    return await explainerNames({ plugin });
  });
}
