import { getExplainer } from "@heatword/core";
import { renderJson } from "../render/json.ts";
import { explainDocument } from "../explain/_explanation.ts";
import { type LoadedModel, loadModel } from "../explain/_model.ts";
import { loadExplainers } from "../explain/_workbench.ts";
import type { ExplainRequest } from "./_explain_request.ts";
import type { FromWorker, ToWorker, WorkerSetup } from "./_messages.ts";

const scope = self as unknown as Worker;
const answer = (message: FromWorker) => scope.postMessage(message);
let loaded: LoadedModel;

async function setUp({ model, data, plugins }: WorkerSetup): Promise<void> {
  await loadExplainers(plugins);
  loaded = await loadModel({ model, ...(data !== undefined && { data }) });
}

function explain({ text, explainer, target, options }: ExplainRequest): string {
  const { model, toDocument } = loaded;
  const explanations = explainDocument(model, toDocument({ text }), {
    explainers: [{ explainer: getExplainer(explainer), options }],
    targets: [target],
  });
  return renderJson(explanations);
}

scope.onmessage = async ({ data }: MessageEvent<ToWorker>) => {
  try {
    if (data.kind === "setup") {
      await setUp(data.setup);
      answer({ kind: "ready", classes: loaded.model.classes });
    } else answer({ kind: "done", json: explain(data.request) });
  } catch (error) {
    // What a method cannot do with this model or text is the request's fault.
    const mine = error instanceof RangeError || error instanceof TypeError;
    const detail = error instanceof Error ? error.message : String(error);
    if (!mine) console.error(`error: ${detail}`);
    answer({ kind: "failed", status: mine ? 422 : 500, detail });
  }
};
