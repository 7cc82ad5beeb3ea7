import { kindOfModel, modelFolder, pathOf } from "@heatword/core/models";
import { TRAINING_ROWS } from "@heatword/datasets/folders";
import type { PathUse } from "../cli/keep_apart.ts";
import type { LabelledSettings } from "./labelled_settings.ts";

/** What every program reads that tokenizes texts. */
export function dataReads(data: string): PathUse[] {
  return [
    { path: `${data}/punkt/english`, what: "Punkt's tables" },
    { path: `${data}/newsgroups`, what: "the corpus", shallow: true },
  ];
}

/** The files that the command of a model may read: its words that are paths. */
function commandReads(command: string): PathUse[] {
  const words = command.match(/"[^"]*"|'[^']*'|[^\s"';|&<>()]+/g) ?? [];
  return words.map((word) => ({ path: word.replace(/^["']|["']$/g, ""), what: "the model" }))
    .filter(({ path }) => path !== "");
}

/** The files of a model, as a program reads them. */
export async function modelReads(path: string): Promise<PathUse[]> {
  if (path.startsWith("command:")) return commandReads(path.slice("command:".length));
  const kind = await kindOfModel(path).catch(() => undefined);
  const named = await kind?.files?.(path);
  if (named) return [path, ...named].map((path) => ({ path, what: "the model" }));
  // Of a damaged model, which is refused soon, all counts.
  const folder = await modelFolder(path).catch(() => undefined);
  if (!folder) return [{ path, what: "the model" }];
  const paths = [
    ...folder.files.map((file) => pathOf(folder, file)),
    `${folder.path}/${TRAINING_ROWS}`,
  ];
  return paths.map((path) => ({ path, what: "the model" }));
}

/** The plugins, as a program reads them. */
export function pluginReads(plugins: readonly string[]): PathUse[] {
  return plugins.map((path) => ({
    path: path.startsWith("file:") ? decodeURIComponent(new URL(path).pathname) : path,
    what: "the plugin",
  }));
}

/** What is read of texts: the corpus, or tables or a folder of labelled texts, and their split. */
export async function textReads({ data, columns }: LabelledSettings): Promise<PathUse[]> {
  const { isNewsgroupsFolder, labelledPaths } = await import("@heatword/datasets/corpus");
  const paths = labelledPaths(data);
  if (await isNewsgroupsFolder(paths)) return dataReads(paths[0]!);
  return [
    ...paths.map((path) => ({ path, what: "the data" })),
    ...(columns.split === undefined ? [] : [{ path: columns.split, what: "the split" }]),
  ];
}
