import { assert, assertEquals, assertMatch } from "@std/assert";
import {
  dataFolder,
  lacksCorpus,
  lacksProgram,
  lacksPython,
  permitted,
  testPermitted,
} from "../_skip.ts";
import { type Command, commandsOf, tasksNamedIn } from "./_commands.ts";
import { documents, filesBelow, readRepositoryFile, root } from "./_documents.ts";
import { planCommands, type Skip } from "./_skipped.ts";
import { type Treatment, treatmentOf, treatments } from "./_treatments.ts";
import type { Workplace } from "./_workplace.ts";

const test = testPermitted("read", "write", "env", "run", "net");

const all: readonly Command[] = !permitted("read")
  ? []
  : documents().flatMap((document) => commandsOf(document, readRepositoryFile(document)));

/** The command for a machine that has Deno already. */
const withDeno = ({ text }: Command) => text.replace(/^npx -y deno@[\d.]+ /, "deno ");

/** Why what a command needs is not on this machine, if it is not. */
function lacks(needs: NonNullable<Treatment["needs"]>): string | undefined {
  if (needs === "corpus") return lacksCorpus;
  return needs.import === undefined ? lacksProgram(needs.program) : lacksPython(needs.import);
}

/** Why a command by itself is not run, if it is not. */
function skipOf(command: Command): Skip | undefined {
  const { covered, needs, reason } = treatmentOf(withDeno(command)) ?? {};
  if (covered !== undefined) return { reason: `${reason}; see ${covered}`, missed: false };
  const missing = needs && lacks(needs);
  return missing === undefined ? undefined : { reason: `${reason}, and ${missing}`, missed: true };
}

/** What no command should say that has gone well. */
const BAD = /^(error|warning|Uncaught|\s+at (file|async|ext):)/i;

async function checkRun(workplace: Workplace, command: string, treated: Treatment | undefined) {
  const env = treated?.needs === "corpus" ? { HEATWORD_DATA: dataFolder } : undefined;
  const { code, stdout, stderr } = await workplace.run(command, env);
  assertEquals(code, 0, `${command}\n${stdout}${stderr}`);
  const lines = stderr.split("\n").filter((line) => !treated?.warns?.test(line));
  assertEquals(lines.find((line) => BAD.test(line)), undefined, `${command}\n${stderr}`);
}

async function checkServer(workplace: Workplace, command: string): Promise<void> {
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

async function check(workplace: Workplace, command: string): Promise<void> {
  const treated = treatmentOf(command);
  const text = treated?.instead?.(command) ?? command;
  if (treated?.serves) await checkServer(workplace, text);
  else await checkRun(workplace, text, treated);
}

test("every command of the documents runs", async (t) => {
  // Only here: the inputs are read as soon as it is imported.
  const { Workplace } = await import("./_workplace.ts");
  const workplace = await Workplace.make();
  try {
    const plan = planCommands(
      all,
      skipOf,
      (command) => treatmentOf(withDeno(command))?.writes ?? [],
    );
    for (const { command, name, skipped } of plan) {
      await t.step({
        name,
        ignore: skipped !== undefined,
        fn: () => check(workplace, withDeno(command)),
      });
    }
  } finally {
    workplace.remove();
  }
});

test("commands that are not run as they stand have a reason that holds", async () => {
  const texts = all.map(withDeno);
  for (const { command, covered } of treatments) {
    assert(texts.some((text) => command.test(text)), `No document has a command like ${command}`);
    if (covered) await Deno.stat(new URL(covered, root));
  }
});

test("documents and messages name only tasks that exist", () => {
  const { tasks } = JSON.parse(readRepositoryFile("deno.json"));
  const sources = ["core/", "explainers/", "datasets/", "eval/", "apps/", "bench/"]
    .flatMap((folder) => filesBelow(folder, ".ts"));
  for (const path of [...documents(), ...sources]) {
    for (const name of tasksNamedIn(readRepositoryFile(path))) {
      assert(Object.hasOwn(tasks, name), `${path} names the task "${name}", which is not there`);
    }
  }
});
