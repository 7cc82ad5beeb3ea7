/// <reference lib="webworker" />
import { UsageError } from "../../cli/usage_error.ts";
import type { BatchSettings } from "../_settings.ts";
import { openWorkbench, type Workbench } from "../../opening/workbench.ts";
import { explainRow } from "./_explain_rows.ts";
import type { Answer, Order } from "./_messages.ts";

const scope = globalThis as unknown as DedicatedWorkerGlobalScope;

/** A worker that ended itself would never be heard of again. */
function forbidEnding(): void {
  const refuse = () => {
    throw new Error("An explainer must not end the program");
  };
  Object.defineProperty(scope, "close", { value: refuse });
  Object.defineProperty(Deno, "exit", { value: refuse });
}

let settings: BatchSettings;
let bench: Workbench;

function answer(answer: Answer): void {
  scope.postMessage(answer, answer.kind === "explained" ? [answer.output.buffer] : []);
}

async function obey(order: Order): Promise<void> {
  try {
    if (order.kind === "open") {
      forbidEnding();
      settings = order.settings;
      bench = await openWorkbench(settings, order.model);
      return answer({ kind: "ready", notes: bench.notes });
    }
    for (const row of order.rows) {
      answer({ kind: "explained", ...await explainRow(bench, settings, row) });
    }
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    answer({ kind: "failed", message, usage: error instanceof UsageError });
  }
}

scope.onmessage = ({ data }: MessageEvent<Order>) => obey(data);
