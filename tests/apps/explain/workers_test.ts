import { assertEquals, assertMatch } from "@std/assert";
import { madeModelFolder } from "../_made_model.ts";
import { runExplain } from "../_run_explain.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write", "env", "run");

/** An explainer that misbehaves, in a way that the number of words tells. */
const plugin = `
export default {
  name: "mine",
  description: "Misbehaves.",
  citation: "none",
  tags: { needs: "scores", signed: true, conserves: false, stochastic: false },
  options: {},
  async explain({ model, input, targets }) {
    if (input.length === 20) self.close();
    if (input.length === 30) Deno.exit(0);
    if (input.length === 40) for (;;) {}
    if (input.length === 50) setTimeout(() => { throw new Error("too late"); });
    const words = new Float64Array(input.length);
    const scores = await model.scores(input);
    return targets.map((target) => ({ score: scores[target], words }));
  },
};
`;

async function withPlugin(check: (folder: string, args: string[]) => Promise<void>): Promise<void> {
  const model = await madeModelFolder();
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/mine.js`, plugin);
    await check(folder, ["--model", model, "--plugin", `${folder}/mine.js`, "--explainer", "mine"]);
  } finally {
    await Deno.remove(model, { recursive: true });
    await Deno.remove(folder, { recursive: true });
  }
}

const linesOf = (text: string) => text.trimEnd().split("\n").map((line) => JSON.parse(line));

test("explain --batch rejects rows that end or hold up their worker, and goes on", () =>
  withPlugin(async (folder, args) => {
    const lengths = [3, 20, 3, 30, 6, 40, 3, 3, 50, 7, 3, 3];
    const rows = lengths.map((length, id) =>
      `${JSON.stringify({ id, text: Array(length).fill("moon").join(" ") })}\n`
    );
    await Deno.writeTextFile(`${folder}/in.jsonl`, rows.join(""));
    for (const workers of ["1", "2"]) {
      const { code, stderr } = await runExplain([
        ...["--batch", `${folder}/in.jsonl`, "--out", `${folder}/out.jsonl`, ...args],
        ...["--workers", workers, "--time-limit", "3"],
      ]);
      assertEquals(code, 0, stderr);
      const bad = linesOf(await Deno.readTextFile(`${folder}/out.rejected.jsonl`));
      const ended = "A plugin must not end the program";
      const late = "It took longer than 3 seconds; see --time-limit";
      assertEquals(
        bad.filter(({ reason }) => !/too late/.test(reason)).map((row) => [row.line, row.reason]),
        [[2, ended], [4, ended], [6, late]],
      );
      // What fails behind its row costs the row that is at work by then. On a slow machine the error
      // can overtake the answer of the row before, which then counts as lost, and the row is tried again.
      assertEquals(bad.length <= 6, true, JSON.stringify(bad));
      const good = linesOf(await Deno.readTextFile(`${folder}/out.jsonl`)).map(({ id }) => id);
      const rejected = bad.map(({ line }) => line - 1);
      assertEquals(good, [...lengths.keys()].filter((id) => !rejected.includes(id)));
    }
  }));

test("explain --batch says what --time-limit takes", async () => {
  for (const value of ["0", "-1", "x", "", "1e9"]) {
    const { code, stderr } = await runExplain(["--batch", "-", `--time-limit=${value}`]);
    assertMatch(
      stderr,
      /^error: Option --time-limit (takes seconds from 0.1 to 86400|needs a value)/,
    );
    assertEquals(code, 2);
  }
});
