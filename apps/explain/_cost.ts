import type { Model, OnProgress } from "@heatword/core";

/** How much must be left to do that it is worth telling, in milliseconds. */
const WORTH = 2_000;

/** A length of time, roughly. */
function about(milliseconds: number): string {
  const seconds = milliseconds / 1000;
  if (seconds < 90) return `${Math.round(seconds)} s`;
  if (seconds < 90 * 60) return `${Math.round(seconds / 60)} min`;
  return `${Math.round(seconds / 3600)} h`;
}

/** What is known of an explanation before it is made. */
export interface Cost {
  /** How many texts are to be scored at most. */
  readonly texts: number;
  /** The model. */
  readonly model: Pick<Model, "batchSize" | "concurrency" | "requests">;
  /** Most requests that may be made. */
  readonly maxRequests?: number | undefined;
  /** Tells it. */
  readonly say: (line: string) => void;
  /** Milliseconds since some moment. */
  readonly now: () => number;
}

/**
 * Tells what an explanation costs once its first batch is scored, before the others are, where it takes
 * more than two seconds.
 *
 * @param cost What is known of it.
 * @param onProgress Called with all progress, too.
 */
export function tellCost(
  { texts, model, maxRequests = Infinity, say, now }: Cost,
  onProgress: OnProgress,
): OnProgress {
  let began: number | undefined;
  let isTold = false;
  return (progress) => {
    onProgress(progress);
    const { done, unit } = progress;
    if (isTold || unit !== "coalitions") return;
    if (done === 0) return void (began = now());
    if (began === undefined) return;
    isTold = true;
    const { batchSize = 1, concurrency = 1, requests } = model;
    const left = (now() - began) / done * (texts - done) / concurrency;
    if (left < WORTH) return;
    const needed = Math.ceil((texts - done) / batchSize);
    const inRequests = requests === undefined
      ? ""
      : `, in about ${needed.toLocaleString("en")} requests more`;
    const tooMany = requests !== undefined && requests + needed > maxRequests
      ? `; --max-requests allows ${(maxRequests - requests).toLocaleString("en")}`
      : "";
    say(
      `${texts.toLocaleString("en")} texts to score${inRequests}; about ${about(left)}${tooMany}`,
    );
  };
}
