import { assert, assertEquals } from "@std/assert";
import { permitted, testPermitted } from "../_skip.ts";
import { type Command, tasksNamedIn } from "./_commands.ts";
import { documents, filesBelow, readRepositoryFile, root } from "./_documents.ts";
import { allCommands, withDeno } from "./_planned.ts";
import { chainsIn } from "./_test_commands.ts";
import { treatments } from "./_treatments.ts";

const test = testPermitted("read", "write", "env", "run", "net");

const all = permitted("read") ? allCommands() : [];

test("every document with commands has a test that runs them, and one alone", () => {
  const tested = [...Deno.readDirSync(new URL("commands/", import.meta.url))].flatMap(
    ({ name }) => {
      const module = readRepositoryFile(`tests/docs/commands/${name}`);
      const [, given] = /^testCommandsOf\(([^)]*)\);$/m.exec(module)!;
      return [...given!.matchAll(/"([^"]*)"/g)].map(([, document]) => document!);
    },
  );
  assertEquals(tested.sort(), [...new Set(all.map(({ document }) => document))].sort());
});

test("every command is a step of a test, and of one alone", () => {
  const placesOf = (commands: readonly Command[]) =>
    commands.map(({ document, line }) => `${document}:${line}`).sort();
  const steps = chainsIn(documents()).flatMap(({ commands }) => commands);
  assertEquals(placesOf(steps), placesOf(all));
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
