/** The command `heatword` in a file of its own: what `deno task compile` compiles. */
import core from "../../core/deno.json" with { type: "json" };
import { runCommand } from "../npm/command.ts";

await runCommand(Deno.args, core.version);
