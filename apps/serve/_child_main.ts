/**
 * What a process of the pool runs: reads requests from standard input, a line of JSON each, and
 * writes an answer to standard output for each.
 *
 * @module
 */
import { getExplainer, type Model } from "@heatword/core";
import { assertUnits, chosenExplainers, explainDocument } from "@heatword/eval/explanations";
import { groupingOf } from "../opening/grouping.ts";
import { loadModel } from "../opening/model.ts";
import { loadPlugins } from "../opening/plugins.ts";
import { render } from "@heatword/eval/render";
import type { ExplainRequest } from "./_explain_request.ts";
import { readLines } from "./_lines.ts";
import type { Answer, ChildSetup, Question } from "./_messages.ts";

let model: Model;

async function setUp({ plugins, ...settings }: ChildSetup): Promise<Answer> {
  await loadPlugins(plugins);
  const notes: string[] = [];
  const onNotice = (note: string) => notes.push(note);
  model = await loadModel(settings, onNotice);
  const [explainer] = chosenExplainers(undefined, ["lrp"], model, onNotice);
  return { kind: "ready", classes: model.classes, explainer: explainer!.name, notes };
}

async function explain(
  { text, explainer, target, unit, options }: ExplainRequest,
): Promise<Answer> {
  const explainers = [{ explainer: getExplainer(explainer), options }];
  if (unit) assertUnits(explainers, unit);
  const explanations = await explainDocument(model, model.read(text), {
    explainers,
    targets: target === undefined ? [] : [target],
    ...(unit && { grouping: await groupingOf(unit) }),
  });
  return { kind: "done", json: await render("json", explanations) };
}

async function answer(question: Question): Promise<Answer> {
  try {
    return question.kind === "setup"
      ? await setUp(question.setup)
      : await explain(question.request);
  } catch (error) {
    // What a method cannot do with this model or text is the request's fault.
    const mine = error instanceof RangeError || error instanceof TypeError;
    const detail = error instanceof Error ? error.message : String(error);
    return { kind: "failed", status: mine ? 422 : 500, detail };
  }
}

if (import.meta.main) {
  // What a plugin prints must not come between the answers.
  console.log = console.error;
  const encoder = new TextEncoder();
  for await (const line of readLines(Deno.stdin.readable)) {
    let bytes = encoder.encode(JSON.stringify(await answer(JSON.parse(line))) + "\n");
    while (bytes.length > 0) bytes = bytes.subarray(await Deno.stdout.write(bytes));
  }
}
