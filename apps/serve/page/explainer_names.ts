import type { ExplainerInfo } from "./protocol.ts";

/** How an explainer is presented. */
export interface Presented {
  /** Its name in full. */
  readonly title: string;
  /** What it does, in a sentence. */
  readonly sentence: string;
  /** Where it was published, as people cite it. */
  readonly source: string;
  /** Where that can be read. */
  readonly link?: string;
}

/** The address of the first publication that a citation names. */
export function linkOf(citation: string): string | undefined {
  const [, doi] = /\bdoi:(10\.\d{4,9}\/[^\s;,]+)/i.exec(citation) ?? [];
  if (doi !== undefined) return `https://doi.org/${encodeURI(doi)}`;
  const [, paper] = /\barXiv:(\d{4}\.\d{4,5})/i.exec(citation) ?? [];
  return paper === undefined ? undefined : `https://arxiv.org/abs/${paper}`;
}

/** The publication that is named first, without its number. */
function sourceOf(citation: string): string {
  return citation.split(/[,;] (?:doi|arXiv):|;/i)[0]!.trim();
}

/**
 * Presents an explainer by what it says of itself: its description begins with its name in full and a
 * colon, else its own name stands for that.
 *
 * @param explainer The explainer.
 */
export function presented({ name, description, citation }: Pick<
  ExplainerInfo,
  "name" | "description" | "citation"
>): Presented {
  const [, title, rest] = /^([^:.]{3,50}): (.+)$/s.exec(description) ?? [];
  const link = linkOf(citation);
  const words = name.replaceAll("-", " ");
  return {
    title: title ?? words[0]!.toUpperCase() + words.slice(1),
    sentence: rest === undefined ? `${description}.` : `${rest[0]!.toUpperCase()}${rest.slice(1)}.`,
    source: sourceOf(citation),
    ...(link !== undefined && { link }),
  };
}

/** A title within a sentence: only names and abbreviations keep their capital. */
export function withinSentence(title: string): string {
  return /^[A-Z][a-z]+(?:[ -]|$)/.test(title) && !/^(?:Shapley)\b/.test(title)
    ? title[0]!.toLowerCase() + title.slice(1)
    : title;
}
