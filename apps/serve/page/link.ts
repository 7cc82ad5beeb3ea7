/// <reference lib="dom" />
import type { OptionValues } from "@heatword/core";
import type { Question } from "./protocol.ts";
import { pageUnits } from "./units.ts";
import { firstState, type State } from "./state.ts";

/** A longer text is not put into a link. */
const LONGEST = 20_000;

/** How many bytes are inflated before it is looked how long the text has become. */
const PIECE = 256;

async function deflate(text: string): Promise<Uint8Array> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("deflate-raw"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}

async function packText(text: string): Promise<string> {
  const packed = await deflate(text);
  const binary = Array.from(packed, (byte) => String.fromCharCode(byte)).join("");
  return btoa(binary).replaceAll("+", "-").replaceAll("/", "_").replace(/=+$/, "");
}

/** What a link's text may be too large or too damaged for. */
class LinkError extends Error {}

/** Inflates no more than a text may have: a few letters can stand for many megabytes. */
async function inflate(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  let at = 0;
  // What is given at once is inflated at once, to a thousand times its size.
  const pieces = new ReadableStream<Uint8Array<ArrayBuffer>>({
    pull(controller) {
      if (at >= bytes.length) return controller.close();
      controller.enqueue(bytes.subarray(at, at += PIECE));
    },
  });
  const stream = pieces.pipeThrough(new DecompressionStream("deflate-raw"));
  const reader = stream.pipeThrough(new TextDecoderStream()).getReader();
  let text = "";
  while (true) {
    const { done, value } = await reader.read();
    if (done) return text;
    text += value;
    if (text.length <= LONGEST) continue;
    reader.cancel().catch(() => {});
    throw new LinkError(
      `The text of this link has more than ${LONGEST.toLocaleString("en")} characters, which no ` +
        "link of this page has: it is not shown",
    );
  }
}

async function unpackText(packed: string): Promise<string> {
  const binary = atob(packed.replaceAll("-", "+").replaceAll("_", "/"));
  return await inflate(Uint8Array.from(binary, (character) => character.charCodeAt(0)));
}

function packQuestion({ explainer, target, options }: Question): string {
  const given = Object.entries(options).map(([name, value]) => `${name}=${value}`);
  return [explainer, target, ...given].join(" ");
}

function unpackQuestion(packed: string | null, fallback: Question): Question {
  if (packed === null) return fallback;
  const [explainer = "", target = "", ...given] = packed.split(" ");
  const options: OptionValues = Object.fromEntries(
    given.filter((pair) => pair.includes("=")).map((pair) => {
      const equals = pair.indexOf("=");
      return [pair.slice(0, equals), pair.slice(equals + 1)];
    }),
  );
  return { explainer: explainer || fallback.explainer, target: target || "predicted", options };
}

/** Where a link tells what `predicted` and `runner-up` stand for, of each model. */
const MEANT = ["meant", "other-meant"];

/** Class names may hold any character, so they stand as JSON. */
function unpackMeant(packed: string | null): readonly string[] | undefined {
  try {
    const names: unknown = JSON.parse(packed ?? "null");
    const all = Array.isArray(names) && names.length <= 2 &&
      names.every((name) => typeof name === "string");
    return all && names.length > 0 ? names : undefined;
  } catch {
    return undefined;
  }
}

/**
 * Writes a state as the fragment of an address.
 *
 * @param state The state.
 * @returns The fragment without `#`; the text is compressed, an article is named.
 */
export async function packState(state: State): Promise<string> {
  const { text, article, deleted, questions, compare, other, direction, meant, unit, rootScale } =
    state;
  const fields = new URLSearchParams();
  if (article) fields.set("article", `${article.corpus}/${article.id}`);
  else if (text !== "" && text.length <= LONGEST) fields.set("text", await packText(text));
  fields.set("left", packQuestion(questions[0]));
  if (compare) fields.set("right", packQuestion(questions[1]));
  if (compare && other !== "") fields.set("model", other);
  if (deleted.length > 0) fields.set("deleted", deleted.map((n) => n.toString(36)).join("."));
  if (direction < 0) fields.set("against", "1");
  meant?.forEach((names, i) => {
    if (names.length > 0) fields.set(MEANT[i]!, JSON.stringify(names));
  });
  if (unit !== firstState.unit) fields.set("unit", unit);
  if (rootScale) fields.set("scale", "root");
  return fields.toString();
}

/** A state as a link tells it; the text of an article must be fetched. */
export interface Linked {
  /** The state; without a text where there is an article. */
  readonly state: State;
  /** The article, as `corpus/group/number`. */
  readonly article?: string;
  /** What of the link could not be read, and why. */
  readonly problem?: string;
}

/**
 * Reads the fragment of an address.
 *
 * @param fragment The fragment, with or without `#`.
 * @returns The state, or undefined if the fragment is none that {@linkcode packState} wrote.
 */
export async function unpackState(fragment: string): Promise<Linked | undefined> {
  const fields = new URLSearchParams(fragment.replace(/^#/, ""));
  if (!fields.has("left")) return undefined;
  const article = fields.get("article") ?? undefined;
  let text = "";
  let problem: string | undefined;
  try {
    text = await unpackText(fields.get("text") ?? "AwA");
  } catch (error) {
    // A link that was cut off still tells the rest.
    problem = error instanceof LinkError
      ? error.message
      : "The text of this link is damaged: copy the link anew, as a whole";
  }
  const deleted = (fields.get("deleted") ?? "").split(".").filter((part) => part !== "")
    .slice(0, LONGEST)
    .map((part) => parseInt(part, 36)).filter((place) => Number.isSafeInteger(place) && place >= 0);
  const [first, ...others] = MEANT.map((name) => unpackMeant(fields.get(name)));
  const meant = first && [first, ...others.filter((names) => names !== undefined)];
  const state: State = {
    text,
    deleted: [...new Set(deleted)].sort((a, b) => a - b),
    questions: [
      unpackQuestion(fields.get("left"), firstState.questions[0]),
      unpackQuestion(fields.get("right"), firstState.questions[1]),
    ],
    compare: fields.has("right"),
    other: fields.has("right") ? fields.get("model") ?? "" : "",
    direction: fields.has("against") ? -1 : 1,
    unit: pageUnits.find((unit) => unit === fields.get("unit")) ?? firstState.unit,
    rootScale: fields.get("scale") === "root",
    ...(meant && deleted.length > 0 && { meant }),
  };
  return {
    state,
    ...(article !== undefined && { article }),
    ...(problem !== undefined && { problem }),
  };
}
