/// <reference lib="webworker" />
import { serveTasks } from "@heatword/core/workers";
import { explainRow, type Outcome, type Row } from "@heatword/eval/batch";
import { end } from "../../cli/at_end.ts";
import { openWorkbench } from "../../opening/workbench.ts";
import type { BatchStart } from "./_pool.ts";

serveTasks<BatchStart, Row, Outcome, readonly string[]>(
  async ({ settings, model }) => {
    const bench = await openWorkbench(settings, model);
    return {
      work: (row) => explainRow(bench, settings, row),
      together: bench.model.mergesBatches ?? false,
      ready: bench.notes,
      holds: bench.model.close !== undefined,
    };
  },
  ({ output }) => [output.buffer],
  end,
);
