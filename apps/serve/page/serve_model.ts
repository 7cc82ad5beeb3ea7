import "@heatword/explainers";
import type { FromModel, ToModel } from "./protocol.ts";
import { type ReadModel, Session } from "./session.ts";

/**
 * Answers the page from a worker.
 *
 * @param read Reads the model.
 */
export function serveModel(read: ReadModel): void {
  const scope = self as unknown as Worker;
  let session: Session | undefined;

  const answer = async (message: ToModel): Promise<unknown> => {
    if (message.call === "open") {
      const { files, punkt, base } = message.ask;
      session = await Session.open(read, files, punkt, base);
      return session.info;
    }
    if (session === undefined) throw new Error("The model is not there yet");
    switch (message.call) {
      case "classify":
        return await session.classify(message.ask);
      case "explain":
        return await session.explain(message.ask);
      case "word":
        return await session.word(message.ask);
      case "deletion":
        return await session.deletion(message.ask);
      case "score":
        return await session.score(message.ask);
      case "explanations":
        return await session.explanations(message.ask);
      case "render":
        return await session.render(message.ask);
    }
  };

  scope.onmessage = async ({ data }: MessageEvent<ToModel>) => {
    const { id } = data;
    try {
      scope.postMessage({ id, answer: await answer(data) } as FromModel);
    } catch (error) {
      const why = error instanceof Error ? error.message : String(error);
      scope.postMessage({ id, error: why } satisfies FromModel);
    }
  };
}
