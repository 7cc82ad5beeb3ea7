import { render } from "@heatword/eval/render";
import { explainDocument, textsToScore } from "@heatword/eval/explanations";
import { showProgress } from "../cli/progress.ts";
import { colorLevel, measureFor, type Screen, standardOutput } from "../cli/screen.ts";
import { tellCost } from "./_cost.ts";
import { checkTextPaths } from "./_paths.ts";
import type { TextSettings } from "./_settings.ts";
import { readSource } from "../opening/source.ts";
import { sayNote } from "../opening/model.ts";
import { loadPlugins } from "../opening/plugins.ts";
import { openWorkbench } from "../opening/workbench.ts";
import { writeResult } from "./_write.ts";

/**
 * Explains one text and writes the result.
 *
 * @param settings What to explain, and how.
 * @throws {Error} If the text cannot be read, or something asked for is unknown.
 */
export async function runText(settings: TextSettings): Promise<void> {
  const { origin, format, top, out } = settings;
  await loadPlugins(settings.plugins);
  await checkTextPaths(settings);
  const [source, bench] = await Promise.all([
    readSource(origin, settings),
    openWorkbench(settings),
  ]);
  bench.notes.forEach(sayNote);
  const document = bench.model.read(source.text, source);
  const { explainers, grouping } = bench.request;
  const players = grouping ? grouping.split(document) : document.tokens;
  const cost = {
    texts: textsToScore(explainers, players.length),
    model: bench.model,
    maxRequests: settings.limits?.maxRequests,
    say: sayNote,
    now: () => performance.now(),
  };
  const explanations = await explainDocument(bench.model, document, bench.request, {
    onProgress: tellCost(cost, showProgress()),
  });
  const screen: Screen = out === undefined ? standardOutput() : { terminal: false };
  const columns = settings.width ?? screen.columns;
  const text = await render(format, explanations, {
    top,
    ...(columns !== undefined && { columns }),
    ...(format === "terminal" && {
      colors: await colorLevel(settings.color, screen),
      measure: await measureFor(source.text),
    }),
  });
  await writeResult(text, format, out);
  if (settings.ledger && explanations.every(({ ledger }) => ledger === undefined)) {
    const names = bench.request.explainers.map(({ explainer: { name } }) => name);
    console.error(`note: ${names.join(", ")} keeps no ledger`);
  }
}
