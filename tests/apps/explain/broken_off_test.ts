import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { end } from "../../../apps/cli/at_end.ts";
import { readCommandLine } from "../../../apps/cli/command_line.ts";
import { explainProgram } from "../../../apps/cli/programs/explain.ts";
import { type BatchSettings, readSettings } from "../../../apps/explain/_settings.ts";
import { runBatch } from "../../../apps/explain/batch/run.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write", "env", "net");

/** Runs explain --batch in this process. */
async function batch(...args: string[]): Promise<void> {
  const given = readCommandLine(explainProgram, args);
  if (given === "help") throw new Error("Nobody asked for help");
  try {
    await runBatch(readSettings(given) as BatchSettings);
  } finally {
    await end();
  }
}

const texts = [
  "a good film",
  "bad, bad",
  "good and bad and good",
  "so so",
  "a good end",
  "bad luck",
];
const count = (text: string, word: string) => text.split(word).length - 1;

test("a batch whose model gives out is broken off, and goes on with the same bytes", async () => {
  const folder = await Deno.makeTempDir({ prefix: "heatword-broken-" });
  /** What the server answers to its nth request, where it is not asked for scores. */
  let fault: (nth: number) => Response | undefined = () => undefined;
  let asked = 0;
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { texts } = await request.json() as { texts: string[] };
      const scores = texts.map((text) => [count(text, "good"), count(text, "bad"), 0.25]);
      return fault(++asked) ?? Response.json({ classes: ["good", "bad", "so"], scores });
    },
  );
  // One text after the other: rows that share their requests would hardly need any, and none is on its
  // way any more when a run is broken off.
  const model = [
    ...["--model", `http://127.0.0.1:${server.addr.port}/`, "--batch-size", "1"],
    ...["--concurrency", "1", "--workers", "1"],
  ];
  const input = ["--batch", `${folder}/texts.jsonl`];
  const [whole, broken] = [`${folder}/whole.jsonl`, `${folder}/broken.jsonl`];
  try {
    const lines = texts.map((text) => `${JSON.stringify({ text })}\n`);
    await Deno.writeTextFile(`${folder}/texts.jsonl`, lines.join(""));
    await batch(...input, ...model, "--out", whole);
    const needed = asked;
    const again = () => batch(...input, ...model, "--out", broken);

    const { message } = await assertRejects(
      () => batch(...input, ...model, "--out", broken, "--max-requests", "12"),
      Error,
      "12 requests were made to",
    );
    assertMatch(message, /; the same command goes on from here$/);
    // What was done stays, and no row is given up for what was no fault of it.
    const journal = await Deno.readTextFile(`${broken}.journal`);
    const done = JSON.parse(journal.trimEnd().split("\n").at(-1)!);
    assertEquals([done.rejected, done.rows > 0 && done.rows < texts.length], [0, true], journal);

    const faults: [fault: Response | object, message: RegExp][] = [
      [{ error: "your quota is used up" }, /answers 401: your quota is used up/],
      [{ classes: ["good", "other", "so"], scores: [[1, 2, 3]] }, /gave the classes .*but before/],
    ];
    for (const [body, said] of faults) {
      const first = asked + 2;
      const status = "error" in body ? 401 : 200;
      fault = (nth) => nth >= first ? Response.json(body, { status }) : undefined;
      const error = await assertRejects(again, Error);
      assertMatch(error.message, said);
      assertEquals((await Deno.readTextFile(`${broken}.journal`)).includes('"rejected":1'), false);
    }
    fault = () => undefined;
    await again();
    assertEquals(await Deno.readTextFile(broken), await Deno.readTextFile(whole));
    const rows = (await Deno.readTextFile(broken)).trimEnd().split("\n").map((row) =>
      JSON.parse(row)
    );
    assertEquals(rows.map(({ text }) => text), texts);
    assertEquals(rows[2].relevance, [1, 0, 0, 0, 1], rows[2].predicted);
    assertEquals(needed > 12, true);
    assertEquals([...Deno.readDirSync(folder)].map(({ name }) => name).sort(), [
      "broken.jsonl",
      "texts.jsonl",
      "whole.jsonl",
    ]);
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
});
