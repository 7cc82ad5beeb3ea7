import type { Asked, ModelAbout } from "@heatword/core/remote";

/** Asks the server of the page. */
async function ask<T>(url: string, value?: unknown): Promise<T> {
  const response = await fetch(
    url,
    value === undefined ? {} : {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify(value),
    },
  ).catch((): never => {
    throw new Error("The server does not answer, and it has the model");
  });
  const answer = await response.json().catch(() => ({}));
  if (response.ok) return answer;
  throw new Error(answer.detail ?? `The server answers ${response.status}`);
}

/**
 * A model that the server of the page has.
 *
 * @param origin The address of the server, without a path.
 */
export async function remoteSource(origin: string): Promise<{ about: ModelAbout; asked: Asked }> {
  return {
    about: await ask(`${origin}/model/about`),
    asked: {
      read: (what) => ask(`${origin}/model/read`, what),
      scores: (what) => ask(`${origin}/model/scores`, what),
    },
  };
}
