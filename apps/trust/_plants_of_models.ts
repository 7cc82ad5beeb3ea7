import type { OnProgress } from "@heatword/core";
import { findCache } from "@heatword/datasets/folders";
import { ENOUGH_MODELS, measuresOf, type NotMeasured, plantsMeasure } from "@heatword/eval/trust";
import type { MeasuredModel, TrainingSource } from "./_models.ts";
import type { PlantsWork } from "./_planted_models.ts";
import { plantFor, type Plants } from "./_plants.ts";
import type { Settings } from "./_settings.ts";

/** Why no shortcuts are planted, where none are. */
async function whyNoPlants(
  settings: Settings,
  models: readonly MeasuredModel[],
  source: TrainingSource,
): Promise<string | undefined> {
  if (settings.plants === 0) return "--plants 0";
  if (!models.every(({ trainable }) => trainable !== undefined)) {
    return "not checked: shortcuts are planted by training, which is done here where the model is a " +
      "word-CNN or a linear model of this project";
  }
  const found = await source.texts();
  return "why" in found ? `not checked: ${found.why}` : undefined;
}

/**
 * Plants shortcuts for each model; the same for all of them. Of models that differ by their seeds, all
 * that learn shortcuts are like the first.
 */
export async function plantForAll(
  settings: Settings,
  opened: readonly MeasuredModel[],
  models: readonly MeasuredModel[],
  source: TrainingSource,
  evaluated: PlantsWork["evaluated"],
  onProgress: OnProgress,
): Promise<Plants[]> {
  if (!measuresOf(settings.measures).includes(plantsMeasure)) return [];
  const why = await whyNoPlants(settings, models, source);
  const found = why === undefined ? await source.texts() : { why };
  if ("why" in found) {
    return [{ reports: [], missing: [{ measure: plantsMeasure.name, why: found.why }] }];
  }
  const all: Plants[] = [];
  for (const place of models.keys()) {
    const one = opened[opened.length === 1 ? 0 : place]!;
    const { model: { classes }, files } = one;
    const trainable = one.trainable!;
    const recorded = await trainable.recorded();
    const words = () => source.words(found.texts);
    const { texts } = found;
    const kept = { cache: findCache(settings.cache), onProgress };
    const work = { classes, files, recorded, place, texts, words, evaluated, ...kept };
    all.push(await plantFor(work, trainable, settings));
  }
  return all;
}

/** What is to be told of shortcuts: those that no model has learned, and those that some have not. */
export function toldOfPlants(plants: readonly Plants[]) {
  const missing: NotMeasured[] = [];
  const notes: string[] = [];
  const failures = plants.flatMap(({ missing }, place) =>
    missing.map(({ measure, why }) => {
      return { measure, why: plants.length === 1 ? why : `model ${place + 1}: ${why}` };
    })
  );
  for (const [measure, failed] of Map.groupBy(failures, ({ measure }) => measure)) {
    const learned = plants.length - failed.length;
    if (learned === 0) {
      missing.push(...failed);
      continue;
    }
    const over = learned < ENOUGH_MODELS && plants.length >= ENOUGH_MODELS
      ? ", intervals over texts"
      : "";
    const why = failed.map(({ why }) => why).join("; ");
    notes.push(
      `The columns of ${measure} are means over ${learned} of ${plants.length} models${over}: ${why}.`,
    );
  }
  return { missing, notes };
}
