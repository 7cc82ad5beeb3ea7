import { FinishedTasks } from "@heatword/eval/finished-tasks";
import { assertEquals, assertRejects } from "@std/assert";
import { inFolder } from "../_in_folder.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "write");

type Result = { readonly value: number };

test("FinishedTasks goes on with what a run of the same settings has finished", () =>
  inFolder(async (folder) => {
    const path = `${folder}/finished.jsonl`;
    {
      using first = await FinishedTasks.open<Result>(path, "run 1");
      assertEquals([first.size, first.get("text 0")], [0, undefined]);
      first.add("text 0", { value: 0.5 });
      first.add("ä\n1", { value: 2 });
      assertEquals([first.size, first.get("text 0")], [2, { value: 0.5 }]);
    }
    const whole = 'run 1\n{"task":"text 0","result":{"value":0.5}}\n' +
      '{"task":"ä\\n1","result":{"value":2}}\n';
    assertEquals(await Deno.readTextFile(path), whole);
    // It was stopped in the middle of a line.
    await Deno.writeTextFile(path, '{"task":"text 2","res', { append: true });
    {
      using second = await FinishedTasks.open<Result>(path, "run 1");
      assertEquals(second.size, 2);
      assertEquals(
        ["text 0", "ä\n1", "text 2"].map((name) => second.get(name)?.value),
        [0.5, 2, undefined],
      );
      second.add("text 2", { value: 3 });
    }
    assertEquals(
      await Deno.readTextFile(path),
      `${whole}{"task":"text 2","result":{"value":3}}\n`,
    );
    // Other settings start anew.
    using other = await FinishedTasks.open<Result>(path, "run 2");
    assertEquals([other.size, await Deno.readTextFile(path)], [0, "run 2\n"]);
  }));

test("FinishedTasks refuses a file that another run is writing to", () =>
  inFolder(async (folder) => {
    const path = `${folder}/finished.jsonl`;
    using _held = await FinishedTasks.open<Result>(path, "run");
    await assertRejects(
      () => FinishedTasks.open<Result>(path, "run"),
      Deno.errors.Busy,
      `Another process is measuring into "${path}"`,
    );
  }));
