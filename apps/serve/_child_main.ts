/**
 * What a process of the pool runs: reads requests from standard input, a line of JSON each, and
 * writes an answer to standard output for each.
 *
 * @module
 */
import { getExplainer, isUnavailable, type Model } from "@heatword/core";
import { fetchText, remoteModel } from "@heatword/core/remote";
import { assertUnits, chosenExplainers, explainDocument } from "@heatword/eval/explanations";
import { groupingOf } from "../opening/grouping.ts";
import { loadModel } from "../opening/model.ts";
import { loadPlugins } from "../opening/plugins.ts";
import { render } from "@heatword/eval/render";
import type { ExplainRequest } from "./_explain_request.ts";
import { HostClient } from "./_host_client.ts";
import { readLines } from "./_lines.ts";
import type { Answer, ChildSetup, HostAnswer, HostQuestion, Question } from "./_messages.ts";

let model: Model;

const encoder = new TextEncoder();
let written: Promise<unknown> = Promise.resolve();

/** Writes a line, after those before it. */
function write(message: Answer | HostQuestion): Promise<void> {
  const line = written.then(async () => {
    let bytes = encoder.encode(JSON.stringify(message) + "\n");
    while (bytes.length > 0) bytes = bytes.subarray(await Deno.stdout.write(bytes));
  });
  written = line.catch(() => {});
  return line;
}

const host = new HostClient(write);

async function setUp({ plugins, remote, ...settings }: ChildSetup): Promise<Answer> {
  await loadPlugins(plugins);
  const notes: string[] = [];
  const onNotice = (note: string) => notes.push(note);
  // The notes of a model that the server has are told by the server.
  model = remote
    ? remoteModel(remote, host) as unknown as Model
    : await loadModel(settings, onNotice);
  const [explainer] = chosenExplainers(undefined, ["lrp"], model, onNotice);
  return { kind: "ready", classes: model.classes, explainer: explainer!.name, notes };
}

async function explain(
  { text, explainer, target, unit, options }: ExplainRequest,
): Promise<Answer> {
  const explainers = [{ explainer: getExplainer(explainer), options }];
  if (unit) assertUnits(explainers, unit);
  await fetchText(model, text);
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
    return { kind: "failed", status: mine ? 422 : isUnavailable(error) ? 503 : 500, detail };
  }
}

if (import.meta.main) {
  // What a plugin prints must not come between the answers.
  console.log = console.error;
  for await (const line of readLines(Deno.stdin.readable)) {
    const message: Question | HostAnswer = JSON.parse(line);
    if (message.kind === "told") host.take(message);
    // What it asks the server meanwhile is answered on the same way.
    else answer(message).then(write);
  }
}
