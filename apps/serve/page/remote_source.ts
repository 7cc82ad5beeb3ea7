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
 * @param base The address below which the server answers for it.
 */
export async function remoteSource(base: string): Promise<{ about: ModelAbout; asked: Asked }> {
  return {
    about: await ask(`${base}/model/about`),
    asked: {
      read: (what) => ask(`${base}/model/read`, what),
      scores: (what) => ask(`${base}/model/scores`, what),
    },
  };
}
