import type { Answer } from "./_protocol.ts";

/** A label with its probability, as endpoints of Hugging Face give it. */
interface Labelled {
  readonly label: string;
  readonly score: number;
}

const isLabelled = (value: unknown): value is Labelled =>
  typeof value === "object" && value !== null &&
  typeof (value as Labelled).label === "string" && "score" in value;

/** Whether an answer is `[[{label, score}, …], …]`, or the list for a single text. */
export function isLabels(body: unknown): boolean {
  return Array.isArray(body) && body.length > 0 &&
    (isLabelled(body[0]) || Array.isArray(body[0]) && isLabelled(body[0][0]));
}

/**
 * Puts lists of labels into the form of the protocol: in the order of the labels of the first text by
 * name, as each text has its own order.
 *
 * @param body The answer.
 * @param texts How many texts were asked for.
 * @param known The labels of earlier answers.
 * @returns What the protocol would say; rows that lack a label are refused by its reader.
 */
export function fromLabels(
  body: unknown,
  texts: number,
  known?: Answer["classes"],
): { classes: readonly string[]; probabilities: unknown } {
  const list = body as unknown[];
  const rows = (texts === 1 && isLabelled(list[0]) ? [list] : list) as Labelled[][];
  const first = Array.isArray(rows[0]) ? rows[0].map(({ label }) => label) : [];
  const classes = known ?? first.toSorted();
  const others = rows.find((row) => {
    return !Array.isArray(row) || row.length !== classes.length ||
      row.some((one) => !isLabelled(one) || !classes.includes(one.label));
  });
  if (others !== undefined) {
    const names = Array.isArray(others) ? others.map((one) => one?.label).join(", ") : "one label";
    throw new TypeError(
      `gave the labels ${names || "of nothing"} for a text, but the classes are ` +
        `${classes.slice(0, 6).join(", ")}: every text needs a score for every label`,
    );
  }
  const probabilities = rows.map((row) =>
    classes.map((name) => row.find(({ label }) => label === name)!.score)
  );
  return { classes, probabilities };
}
