import { isUnavailable } from "@heatword/core";
import type { ModelHost } from "@heatword/core/remote";
import type { App } from "./_app.ts";
import { type BodyLimits, readJson } from "./_body.ts";
import { Problem } from "./_problem.ts";

/** Largest question: a long text, and which of its words are deleted how often. */
const LARGEST = 2 ** 23;

/** What a question that cannot be answered becomes. */
function problemOf(error: unknown): unknown {
  if (!(error instanceof Error) || error instanceof Problem) return error;
  if (error instanceof TypeError || error instanceof RangeError) {
    return new Problem(422, error.message);
  }
  return new Problem(isUnavailable(error) ? 503 : 500, error.message);
}

/** What a client may send. */
export interface RemoteLimits {
  /** The largest body, and how long it may take to arrive. */
  readonly body: BodyLimits;
  /** The longest text, in UTF-16 code units. */
  readonly maxCharacters: number;
}

/**
 * Lets the page ask a model that runs in no browser.
 *
 * @param app The application.
 * @param root The path below which it is asked.
 * @param host Answers for the model.
 * @param limits What a client may send.
 */
export function addRemoteModel(
  app: App,
  root: string,
  host: ModelHost,
  { body, maxCharacters }: RemoteLimits,
): void {
  app.get(`${root}/model/about`, (context) => context.json(host.about));
  for (const call of ["read", "scores"] as const) {
    app.post(`${root}/model/${call}`, async (context) => {
      const limits = { ...body, maxBytes: Math.max(LARGEST, body.maxBytes) };
      const asked = await readJson(context.req.raw, limits) as { text?: unknown } | null;
      const { text } = asked ?? {};
      if (typeof text === "string" && text.length > maxCharacters) {
        const most = `give at most ${maxCharacters}`;
        throw new Problem(413, `The text has ${text.length} characters: ${most}`);
      }
      try {
        return context.json(await host[call]({ ...asked } as never));
      } catch (error) {
        throw problemOf(error);
      }
    });
  }
}
