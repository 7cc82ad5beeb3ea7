import type { App } from "./_app.ts";
import { scriptAsset, sendAsset } from "./_assets.ts";
import { modelFile } from "./_model_files.ts";
import type { PackedFiles } from "./_packed_files.ts";
import { addRemoteModel, type RemoteLimits } from "./_remote_routes.ts";
import type { ServedModel } from "./_served_model.ts";

/**
 * Gives the page a model: the script that runs it, and its files, or answers in their place.
 *
 * @param app The application.
 * @param root The path below which they are: empty, or as `/compare`.
 * @param model The model.
 * @param packed Where compressed files are kept.
 * @param limits What a client may send.
 */
export async function addModel(
  app: App,
  root: string,
  { folder, worker, host }: ServedModel,
  packed: PackedFiles,
  limits: RemoteLimits,
): Promise<void> {
  const script = await scriptAsset(worker);
  app.get(`${root}/worker.js`, (context) => sendAsset(script, context.req.raw));
  if (host) addRemoteModel(app, root, host, limits);
  const listed = folder.files.map(({ name, bytes }) => ({ name, bytes }));
  app.get(`${root}/model`, (context) => context.json(listed));
  app.get(`${root}/model/:name`, (context) => {
    return modelFile(folder, context.req.param("name"), context.req.raw, packed);
  });
}
