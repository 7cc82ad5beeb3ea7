import { assert, assertEquals, assertMatch } from "@std/assert";
import { dataFolder } from "../_skip.ts";
import type { Command } from "./_commands.ts";
import { withDeno } from "./_planned.ts";
import { type Treatment, treatmentOf } from "./_treatments.ts";
import type { Workplace } from "./_workplace.ts";

/** Where commands are run. */
type Place = Pick<Workplace, "run" | "command">;

/** What no command should say that has gone well. */
const BAD = /^(error|warning|Uncaught|\s+at (file|async|ext):)/i;

async function checkRun(workplace: Place, command: string, treated: Treatment | undefined) {
  const env = treated?.needs === "corpus" ? { HEATWORD_DATA: dataFolder } : undefined;
  const { code, stdout, stderr } = await workplace.run(command, env);
  assertEquals(code, 0, `${command}\n${stdout}${stderr}`);
  const lines = stderr.split("\n").filter((line) => !treated?.warns?.test(line));
  assertEquals(lines.find((line) => BAD.test(line)), undefined, `${command}\n${stderr}`);
}

async function checkServer(workplace: Place, command: string): Promise<void> {
  // The shell gives way to the command, so that the signal does not end at the shell.
  const child = workplace.command(`exec ${command}`).spawn();
  const errors = new Response(child.stderr).text();
  let out = "";
  let url: string | undefined;
  for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
    out += text;
    url = /^(http:\/\/\S+)\n/m.exec(out)?.[1];
    if (url === undefined) continue;
    assertMatch(await (await fetch(url)).text(), /<title>/);
    child.kill("SIGINT");
  }
  assert(url !== undefined, `${command} told no address\n${out}${await errors}`);
  await child.stdin.close();
  const { code } = await child.status;
  assertEquals(code, 0, `${command}\n${out}${await errors}`);
}

/** Runs the commands of documents in a workplace. */
export class CommandRunner {
  readonly #workplace: Place;
  readonly #done = new Set<string>();

  /** @param workplace Where. */
  constructor(workplace: Place) {
    this.#workplace = workplace;
  }

  /** Runs a command, unless it is a stand-in that was run for another command. */
  async check(command: Command): Promise<void> {
    const text = withDeno(command);
    const treated = treatmentOf(text);
    const standIn = treated?.instead?.(text);
    if (standIn !== undefined && this.#done.has(standIn)) return;
    if (treated?.serves) await checkServer(this.#workplace, standIn ?? text);
    else await checkRun(this.#workplace, standIn ?? text, treated);
    this.#done.add(standIn ?? text);
  }

  /** Runs a command whose files others take, unless they are there. */
  async prepare(command: Command): Promise<void> {
    if (!this.#done.has(withDeno(command))) await this.check(command);
  }
}
