/**
 * Prints the processor time that each explainer takes, which other programs on the machine change
 * less than the time by the clock: `deno run -A bench/explainers/cpu_time.ts`.
 *
 * @module
 */
import { explain, listExplainers } from "@heatword/core";
import "@heatword/explainers";
import process from "node:process";
import { fullSizeModel, textOf } from "./_word_cnn.ts";

const model = fullSizeModel();
const input = textOf(model, 200);

/** Median processor time of a few runs after a first one, in milliseconds. */
async function measure(run: () => Promise<unknown>, runs: number): Promise<number> {
  const times: number[] = [];
  for (let i = 0; i <= runs; i++) {
    const before = process.cpuUsage();
    await run();
    const { user, system } = process.cpuUsage(before);
    times.push((user + system) / 1000);
  }
  return times.slice(1).sort((a, b) => a - b)[Math.floor(runs / 2)]!;
}

const cases: [name: string, options: Record<string, unknown>, runs: number][] = listExplainers()
  .map(({ name }) => [name, {}, ["shapley", "lime", "smoothgrad"].includes(name) ? 3 : 9]);
cases.splice(1, 0, ["lrp", { detail: "words" }, 9], ["lrp", { composite: "epsilon-plus" }, 9]);
cases.push(["kernel-shap", { samples: 800 }, 5]);

for (const [name, options, runs] of cases) {
  const time = await measure(() => explain(name, model, input, 3, options), runs);
  const shown = Object.entries(options).map(([key, value]) => ` ${key}=${value}`).join("");
  console.log(`${(name + shown).padEnd(32)}${time.toFixed(1).padStart(10)} ms`);
}
