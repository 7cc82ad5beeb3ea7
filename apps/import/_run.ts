import { tokenizers } from "@heatword/core";
import { writeFileAtomically } from "@heatword/core/files";
import { kindOfModel, tfjsKind } from "@heatword/core/models";
import { inspectTfjsModel, openTfjsModel, type StoredSettings } from "@heatword/core/tfjs";
import { findReadableData } from "@heatword/datasets/folders";
import { isThere } from "../cli/is_there.ts";
import { UsageError } from "../cli/usage_error.ts";
import { modelPath } from "../opening/model.ts";
import { loadPlugins } from "../opening/plugins.ts";
import { exampleOf, exampleText } from "./_example.ts";
import { describeFound } from "./_found.ts";

/** What to import, and how. */
export interface ImportSettings {
  /** The folder of the model. */
  readonly folder: string;
  /** Whether a `text.json` is written anew. */
  readonly force: boolean;
  /** Files of plugins. */
  readonly plugins: readonly string[];
  /** Texts to show; without any, words of the vocabulary are. */
  readonly examples: readonly string[];
  /** What was named on the command line. */
  readonly given: Pick<StoredSettings, "tokenizer" | "vocabulary" | "classes">;
}

const TEXT = "text.json";

/** Refuses to add to a folder whose files are listed with their checksums. */
async function checkSums(folder: string): Promise<void> {
  if (!await isThere(`${folder}/SHA256SUMS`)) return;
  throw new Deno.errors.AlreadyExists(
    `Cannot write "${folder}/${TEXT}": SHA256SUMS lists the files of the model, and would no longer ` +
      "fit; delete it first",
  );
}

/**
 * Says what stands beside a TensorFlow.js model, writes down how it reads texts, and shows one.
 *
 * @param settings What to import, and how.
 * @throws {Error} If it is no such model, or a file of it makes no sense.
 */
export async function importModel(settings: ImportSettings): Promise<void> {
  const { force, plugins, given } = settings;
  await loadPlugins(plugins);
  if (typeof given.tokenizer === "string") tokenizers.get(given.tokenizer);
  const folder = await modelPath({ model: settings.folder.replace(/(?<=.)\/+$/, "") });
  if (await kindOfModel(folder) !== tfjsKind) {
    throw new TypeError(
      `Cannot import "${folder}": it is not a TensorFlow.js model, and needs no ${TEXT}`,
    );
  }
  const path = `${folder}/${TEXT}`;
  const stays = await isThere(path) && !force;
  if (stays && Object.keys(given).length > 0) {
    throw new UsageError(
      `Cannot take --${
        Object.keys(given)[0]
      }: "${path}" says how the model reads texts; change it ` +
        "there, or write it anew with --force",
    );
  }
  if (!stays) await checkSums(folder);
  const data = findReadableData();
  const resources = { model: folder, ...(data !== undefined && { data }) };
  const found = await inspectTfjsModel(folder, stays ? {} : { text: given }, resources);
  // What will be read is what is shown; nothing is written for a model that cannot be opened.
  const model = await openTfjsModel(folder, stays ? {} : { text: found.settings }, resources);
  const texts = settings.examples.length > 0
    ? settings.examples
    : [exampleText(found.vocabulary.known)];
  const examples = texts.map((text) => exampleOf(model, text));
  if (!stays) await writeFileAtomically(path, `${JSON.stringify(found.settings, null, 2)}\n`);
  for (const note of found.notes) console.error(`note: ${note}`);
  console.log(describeFound(folder, found, model));
  console.log(
    `\n${TEXT}: ${stays ? "there already, left as it is (--force writes it anew)" : "written"}`,
  );
  console.log(JSON.stringify(found.settings, null, 2));
  for (const example of examples) console.log(`\n${example}`);
  if ("dispose" in model) model.dispose();
}
