/** The command `heatword` in a file of its own: what `deno task compile` compiles. */
import { runCommand } from "../npm/command.ts";
import { version } from "./version.ts";

await runCommand(Deno.args, version);
