/// <reference lib="webworker" />
import { UsageError } from "../../cli/cli.ts";
import type { BatchSettings } from "../_settings.ts";
import { openWorkbench, type Workbench } from "../../opening/workbench.ts";
import { explainRows } from "./_explain_rows.ts";
import type { Answer, Order } from "./_messages.ts";

let settings: BatchSettings;
let bench: Workbench;

async function obey(order: Order): Promise<Answer> {
  try {
    if (order.kind === "open") {
      settings = order.settings;
      bench = await openWorkbench(settings, order.model);
      return { kind: "ready" };
    }
    return { kind: "explained", ...await explainRows(bench, settings, order.rows) };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    return { kind: "failed", message, usage: error instanceof UsageError };
  }
}

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;
scope.onmessage = async ({ data }: MessageEvent<Order>) => {
  const answer = await obey(data);
  scope.postMessage(answer, answer.kind === "explained" ? [answer.output.buffer] : []);
};
