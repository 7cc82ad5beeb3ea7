import type { Progress } from "@heatword/core";
import { trainWordCnn } from "@heatword/core/word-cnn";
import { plainVectors, Vocabulary } from "@heatword/core/word-cnn";
import { assert, assertEquals, assertMatch } from "@std/assert";
import { keepLinesWhole, type Writer } from "../../../apps/cli/progress.ts";
import { fakeProgress } from "./_fake_terminal.ts";

const documents = (done: number, total = 100): Progress => ({
  task: "Reading",
  done,
  total,
  unit: "documents",
});

Deno.test("progress is silent for two seconds, then a line that is rewritten and ended", () => {
  const { output, clock, renderer } = fakeProgress();
  for (let done = 0; done < 20; done++) {
    renderer.report(documents(done));
    clock.pass(100);
  }
  assertEquals(output.history, [
    "Reading [####----------------] 19 % of 100 documents, 00:08 left",
  ]);
  for (let done = 20; done <= 100; done++) {
    renderer.report(documents(done));
    clock.pass(100);
  }
  assertEquals(
    output.history[1],
    "Reading [####----------------] 20 % of 100 documents, 00:08 left",
  );
  assertEquals(output.lines, [
    "Reading [####################] 100 % of 100 documents, 00:00 left",
    "",
  ]);
});

Deno.test("work whose end nobody knows is silent for two seconds of its own", () => {
  const { output, clock, renderer } = fakeProgress();
  renderer.report(documents(0));
  clock.pass(1_900);
  renderer.report(documents(100));
  clock.pass(1_000);
  const check = (done: number) =>
    renderer.report({ task: "Checking the input", done, unit: "bytes" });
  for (const done of [1, 2, 3]) {
    check(done);
    clock.pass(500);
  }
  assertEquals(output.history, []);
  clock.pass(600);
  check(4);
  assertEquals(output.history.length, 1);
});

Deno.test("progress of less than two seconds shows nothing", () => {
  const { output, clock, renderer } = fakeProgress();
  for (const done of [0, 50, 100]) {
    renderer.report(documents(done));
    clock.pass(900);
  }
  clock.pass(60_000);
  assertEquals(output.history, []);
});

Deno.test("the silence counts from the start of the whole work, not anew for every piece", () => {
  const { output, clock, renderer } = fakeProgress();
  for (let epoch = 1; epoch <= 6; epoch++) {
    for (const done of [0, 5, 10]) {
      renderer.report({ task: `Epoch ${epoch}`, done, total: 10, unit: "steps" });
      clock.pass(400);
    }
  }
  // 1.2 s each: the second one is on when two seconds are over.
  assertEquals(output.lines, [
    ...[2, 3, 4, 5, 6].map((epoch) =>
      `Epoch ${epoch} [####################] 100 % of 10 steps, 00:00 left`
    ),
    "",
  ]);
});

Deno.test("progress shows work that reports nothing for long", () => {
  const { output, clock, renderer } = fakeProgress();
  renderer.report(documents(0));
  clock.pass(1_999);
  assertEquals(output.history, []);
  clock.pass(1);
  assertEquals(output.lines, ["Reading [--------------------] 0 % of 100 documents"]);
  clock.pass(20_000);
  renderer.report(documents(100));
  assertEquals(output.lines, [
    "Reading [####################] 100 % of 100 documents, 00:00 left",
    "",
  ]);
});

Deno.test("progress tells no time that a resumed run did not take", () => {
  const { output, clock, renderer } = fakeProgress();
  renderer.report(documents(80));
  clock.pass(5_000);
  renderer.report(documents(90));
  assertMatch(output.lines[0]!, / 90 % of 100 documents, 00:05 left$/);
});

Deno.test("progress tells figures in words, the rate of bytes, and rows per second", () => {
  const last = (progress: Omit<Progress, "task">, first: Omit<Progress, "task">) => {
    const { output, clock, renderer } = fakeProgress();
    renderer.report({ task: "Working", ...first });
    clock.pass(4_000);
    renderer.report({ task: "Working", ...progress });
    return output.lines.find((line) => line !== "");
  };
  const figures = { epoch: 2, epochs: 3, loss: 0.07712, accuracy: 0.978, heldOutAccuracy: 0.9 };
  assertEquals(
    last({ done: 2_000, total: 12_240, unit: "documents", figures }, {
      done: 0,
      total: 12_240,
      unit: "documents",
    }),
    "Working, epoch 2 of 3 [###-----------------] 16 % of 12,240 documents, 00:20 left, " +
      "loss 0.077, accuracy 97.8 %, held-out 90.0 %",
  );
  assertEquals(
    last({ done: 8e6, total: 14e6, unit: "bytes" }, { done: 0, total: 14e6, unit: "bytes" }),
    "Working [###########---------] 57 % of 14.0 MB, 00:03 left, 2.0 MB/s",
  );
  assertEquals(
    last(
      { done: 5e6, total: 1e7, unit: "bytes", figures: { rows: 90 } },
      { done: 0, total: 1e7, unit: "bytes", figures: { rows: 10 } },
    ),
    "Working [##########----------] 50 % of 10.0 MB, 00:04 left, 20 rows/s",
  );
  assertEquals(
    last({ done: 1_234, unit: "files" }, { done: 1, unit: "files" }),
    "Working: 1,234 files",
  );
});

Deno.test("progress elsewhere than on a terminal is a plain line now and then", () => {
  const { output, clock, renderer } = fakeProgress(false);
  for (let done = 0; done <= 100; done++) {
    renderer.report(documents(done));
    clock.pass(250);
  }
  assertEquals(output.lines, [
    "Reading: 7 % of 100 documents, 00:23 left",
    "Reading: 47 % of 100 documents, 00:13 left",
    "Reading: 87 % of 100 documents, 00:03 left",
    "Reading: 100 % of 100 documents, 00:00 left",
    "",
  ]);
});

Deno.test("a line of progress is cut to the width of the terminal", () => {
  const { output, clock, renderer } = fakeProgress(true, 30);
  renderer.report(documents(0));
  clock.pass(3_000);
  assertEquals(output.lines, ["Reading [--------------------]".slice(0, 29)]);
});

/** A console whose messages go to a terminal, guarded by the renderer of that terminal. */
function guardedConsole() {
  const { output, clock, renderer } = fakeProgress();
  const write = (line: string) => output.write(`${line}\n`);
  const writer: Writer = { log: write, info: write, warn: write, error: write, debug: write };
  keepLinesWhole(writer, renderer.clear);
  return { output, clock, renderer, writer };
}

Deno.test("a message never stands on a line of progress, whoever writes it", () => {
  for (const name of ["log", "info", "warn", "error", "debug"] as const) {
    const { output, clock, renderer, writer } = guardedConsole();
    renderer.report(documents(0));
    clock.pass(2_500);
    renderer.report(documents(97));
    writer[name]("held-out accuracy 100.0 % at epoch 1");
    assertEquals(output.lines, ["held-out accuracy 100.0 % at epoch 1", ""]);
    clock.pass(2_500);
    renderer.report(documents(99));
    writer[name]("another");
    renderer.report(documents(100));
    assertEquals(output.lines, [
      "held-out accuracy 100.0 % at epoch 1",
      "another",
      "Reading [####################] 100 % of 100 documents, 00:00 left",
      "",
    ]);
  }
});

Deno.test("a piece that is left unfinished keeps its line, and the next one gets its own", () => {
  const { output, clock, renderer } = fakeProgress();
  renderer.report(documents(0));
  clock.pass(2_500);
  renderer.report({ task: "Measuring", done: 0, total: 9, unit: "texts" });
  renderer.end();
  clock.pass(9_000);
  assertEquals(output.lines, [
    "Reading [--------------------] 0 % of 100 documents",
    "Measuring [--------------------] 0 % of 9 texts",
    "",
  ]);
});

Deno.test("training tells how long it takes once in a line, whatever it reports", async () => {
  const { output, clock, renderer } = guardedConsole();
  const facts: Progress[] = [];
  await trainWordCnn({
    classes: ["space", "motorcycles"],
    vocabulary: new Vocabulary(["orbit", "moon", "ride", "helmet"]),
    vectors: plainVectors(Float32Array.of(1, 0, 1, 0.1, 0, 1, 0.1, 1), 2),
    documents: Array.from({ length: 40 }, (_, i) => ({
      rows: i % 2 ? [0, 1] : [2, 3],
      label: i % 2 ? 0 : 1,
    })),
    heldOut: [{ rows: [0], label: 0 }],
    hyperparameters: { filters: 8, epochs: 3, batch: 10 },
    threads: 1,
    onProgress(progress) {
      facts.push(progress);
      renderer.report(progress);
      clock.pass(1_000);
    },
  });
  assertEquals(facts.map(({ task, done, total, unit }) => [task, done, total, unit]), [
    ...Array.from({ length: 12 }, (_, i) => ["Training", 10 * (i + 1), 120, "documents"]),
  ]);
  assertEquals(
    facts.map(({ figures }) => [figures!.epoch, figures!.epochs]),
    Array.from({ length: 12 }, (_, i) => [1 + Math.floor(i / 4), 3]),
  );
  // After two seconds of the whole, not of an epoch: from the third of twelve reports on.
  assertEquals(output.history.filter((line) => line.startsWith("Training")).length >= 10, true);
  for (const line of output.history) {
    assertEquals(line.match(/left/g)?.length ?? 0, 1, line);
    assertMatch(
      line,
      /^Training, epoch [123] of 3 \[[#-]{20}\] \d+ % of 120 documents, \d\d:\d\d left, loss/,
    );
  }
  // Facts hold no text beside the names of the task and the unit.
  for (const { figures } of facts) {
    assert(Object.values(figures!).every((value) => typeof value === "number"));
  }
});
