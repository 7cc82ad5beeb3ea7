import type { Settings } from "../../apps/train/_settings.ts";

/**
 * Settings of `train` on `texts.csv` of a folder, by which all else goes into it, too.
 *
 * @param folder The folder.
 * @param architecture What is trained.
 * @param more Settings that are other than usual.
 */
export function trainSettings(
  folder: string,
  architecture: Settings["architecture"],
  more: Partial<Settings> = {},
): Settings {
  return {
    data: `${folder}/texts.csv`,
    columns: {},
    out: `${folder}/model`,
    cache: `${folder}/cache`,
    architecture,
    plugins: [],
    vectors: "skipgram",
    seed: 0,
    workers: 2,
    ...more,
  };
}
