import { findReadableData } from "@heatword/datasets/folders";
import type { CheckedPlugin } from "./cli/checks.ts";
import { defined } from "./cli/flag.ts";
import { needsOfData, requirePermissions } from "./cli/permissions.ts";
import { checkTokenizerProgram } from "./cli/programs/check_tokenizer.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";

if (isStarted(import.meta)) {
  runProgram(checkTokenizerProgram, async ({ positionals: given, example, data, json }) => {
    requirePermissions(needsOfData(data));
    const { tokenizers } = await import("@heatword/core");
    const { checkTokenizer, tokenizerCard } = await import("@heatword/core/check");
    await import("@heatword/datasets/tokenizers");
    const { pluginsToCheck, printChecks } = await import("./cli/checks.ts");
    const options = { texts: example, resources: defined({ data: findReadableData(data) }) };
    const reports: CheckedPlugin[] = [];
    for (const one of await pluginsToCheck({ given, kind: "tokenizer", registry: tokenizers })) {
      const checked = await checkTokenizer(one, options);
      reports.push({ name: one.name, checked, card: tokenizerCard(checked) });
    }
    printChecks(reports, "tokenizer", json);
  });
}
