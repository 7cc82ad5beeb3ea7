import { assertEquals, assertMatch } from "@std/assert";
import { testPermitted } from "../../_skip.ts";
import { madeModelFolder } from "../_made_model.ts";
import { runExplain } from "../_run_explain.ts";

const test = testPermitted("run", "write");

/** An explainer that takes its time, and a message of it in the midst of the work. */
const plugin = `
export default {
  name: "slow",
  description: "Takes its time.",
  citation: "none",
  tags: { needs: "scores", signed: true, conserves: false, stochastic: false },
  options: {},
  async explain({ model, input, targets, onProgress }) {
    for (let done = 0; done < 4; done++) {
      onProgress?.({ task: "Thinking", done, total: 4, unit: "thoughts" });
      await new Promise((resolve) => setTimeout(resolve, 700));
    }
    onProgress?.({ task: "Thinking", done: 4, total: 4, unit: "thoughts" });
    const scores = await model.scores(input);
    return targets.map((target) => ({
      score: scores[target],
      words: new Float64Array(input.length),
    }));
  },
};
`;

test("explain shows the progress of a slow explanation, of a text and of many", async () => {
  const model = await madeModelFolder();
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/slow.js`, plugin);
    const args = ["--model", model, "--plugin", `${folder}/slow.js`, "--explainer", "slow"];
    const one = await runExplain(["the moon ride", "--format", "json", ...args]);
    assertEquals([one.code, JSON.parse(one.stdout).explainer], [0, "slow"], one.stderr);
    assertMatch(
      one.progress,
      /^Explaining by slow: (50|75) % of 4 thoughts, 00:0\d left\nExplaining by slow: 100 % of 4 thoughts, 00:00 left\n$/,
    );
    const stdin = '{"text": "the moon"}\n{"text": "the ride"}\n';
    await Deno.writeTextFile(`${folder}/in.jsonl`, stdin);
    const many = await runExplain(["--batch", `${folder}/in.jsonl`, "--workers", "1", ...args]);
    assertEquals([many.code, many.stdout.trimEnd().split("\n").length], [0, 2], many.stderr);
    assertMatch(
      many.progress,
      /^Explaining: 0 % of 0\.0 MB(, \d\.\d rows\/s)?\nExplaining: 100 % of 0\.0 MB, 00:00 left, \d\.\d rows\/s\n$/,
    );
  } finally {
    await Deno.remove(model, { recursive: true });
    await Deno.remove(folder, { recursive: true });
  }
});
