/// <reference lib="webworker" />
import { serveTasks } from "@heatword/core/workers";
import { end } from "../../cli/at_end.ts";
import { openWorkbench } from "../../opening/workbench.ts";
import { explainRow } from "./_explain_rows.ts";
import type { Outcome } from "./_messages.ts";
import type { BatchStart } from "./_pool.ts";
import type { Row } from "./_rows.ts";

serveTasks<BatchStart, Row, Outcome, readonly string[]>(
  async ({ settings, model }) => {
    const bench = await openWorkbench(settings, model);
    return {
      work: (row) => explainRow(bench, settings, row),
      ready: bench.notes,
      holds: bench.model.close !== undefined,
    };
  },
  ({ output }) => [output.buffer],
  end,
);
