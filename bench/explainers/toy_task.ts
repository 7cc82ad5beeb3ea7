/**
 * Which method finds what two numbers contribute to their sum or difference: trains networks of one
 * LSTM unit, explains their output for test sequences, and prints the correlations.
 *
 *     deno run -A bench/explainers/toy_task.ts [--seed N] [--sequences N]
 *
 * @module
 */
import {
  drawToySequences,
  measureToy,
  toyModel,
  type ToyOperation,
  trainToy,
} from "@heatword/eval/toy-task";
import { productRules } from "@heatword/explainers/lrp";
import "@heatword/explainers";
import { parseArgs } from "@std/cli/parse-args";

const args = parseArgs(Deno.args, { string: ["seed", "sequences"] });
const seed = Number(args.seed ?? 1);
const sequences = Number(args.sequences ?? 500);
const EPSILON = 0.001;

const methods: [name: string, explainer: string, options: Record<string, unknown>][] = [
  ...(["share", "absorb"] as const).flatMap((bias) =>
    productRules.map((gates): [string, string, Record<string, unknown>] => [
      `lrp gates=${gates} bias=${bias}`,
      "lrp",
      { gates, bias, epsilon: EPSILON },
    ])
  ),
  ["deeplift", "deeplift", {}],
  ["gradient-input", "gradient-input", {}],
  ["occlusion", "occlusion", {}],
];

const shown = (value: number) => value.toFixed(3).padStart(9);
for (const operation of ["add", "subtract"] as ToyOperation[]) {
  const { parameters, error } = trainToy(operation, drawToySequences(100, seed + 100), seed);
  const model = toyModel(parameters);
  const test = drawToySequences(sequences, seed + 200);
  console.log(
    `${operation}: mean squared error ${error.toExponential(1)}, ${sequences} test sequences`,
  );
  console.log(`${"".padEnd(28)}   corr(a)  corr(b)  elsewhere`);
  for (const [name, explainer, options] of methods) {
    const found = await measureToy(model, test, operation, explainer, options);
    console.log(
      name.padEnd(28) + shown(found.correlationA) + shown(found.correlationB) +
        shown(found.squaresElsewhere).padStart(11),
    );
  }
  console.log();
}
