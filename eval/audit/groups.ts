/** A group of tokens that a model should perhaps not look at. */
export interface TokenGroup {
  /** Its name, as rules and findings give it. */
  readonly name: string;
  /** What it is, for people. */
  readonly about: string;
  /** Finds its members in a text; global, with the flag `u`. */
  readonly pattern: RegExp;
}

const month = "(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|" +
  "sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)";
const host = "(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\\.)+(?:com|org|net|edu|gov|mil|int|info|io|" +
  "uk|de|fr|ca|au|nl|se|no|fi|dk|ch|at|it|es|jp|us|nz|il|za|example|test)";

/** The groups that are known by name, the narrower first. */
export const tokenGroups: readonly TokenGroup[] = [
  {
    name: "address",
    about: "addresses of electronic mail",
    pattern: /[\p{L}\p{N}._%+-]+@[\p{L}\p{N}-]+(?:\.[\p{L}\p{N}-]+)*/gu,
  },
  {
    name: "url",
    about: "addresses of pages",
    pattern: /(?:https?|ftp):\/\/[^\s<>"]+|www\.[^\s<>"]+/giu,
  },
  { name: "host", about: "names of hosts", pattern: new RegExp(`\\b${host}\\b`, "giu") },
  {
    name: "header",
    about: "lines of headers, such as From and Organization",
    pattern:
      /^(?:from|subject|organization|lines|reply-to|nntp-posting-host|distribution|keywords|summary|article-i\.d\.|x-[\w-]+):.*$/gimu,
  },
  {
    name: "signature",
    about: "what stands below a line of two hyphens, and the name below a closing formula",
    pattern:
      /^--[ \t]*$[^]*|^[ \t]*(?:(?:best|kind|warm) regards|regards|cheers|sincerely|yours)\b[ \t]*,?[ \t]*\n.*$/gimu,
  },
  { name: "quote", about: "marks of quoted lines", pattern: /^[ \t]*(?:[>|:]+[ \t]?)+/gmu },
  {
    name: "attribution",
    about: "lines that say who wrote what is quoted",
    pattern: /^.*\b(?:writes|wrote):?[ \t]*$/gimu,
  },
  {
    name: "date",
    about: "dates",
    pattern: new RegExp(
      `\\b\\d{4}-\\d{2}-\\d{2}\\b|\\b\\d{1,2}[./]\\d{1,2}[./]\\d{2,4}\\b|` +
        `\\b\\d{1,2}(?:st|nd|rd|th)?[ -]${month}\\b(?:[ ,-]+\\d{2,4}\\b)?|` +
        `\\b${month} \\d{1,2}(?:st|nd|rd|th)?\\b(?:,? \\d{4}\\b)?`,
      "giu",
    ),
  },
  {
    name: "number",
    about: "numbers",
    pattern: /(?<![\p{L}\p{N}])[+-]?\d[\d.,:]*(?![\p{L}\p{N}])/gu,
  },
  {
    name: "code",
    about: "words of letters and digits, such as numbers of orders",
    pattern:
      /(?<![\p{L}\p{N}])(?=[\p{L}\p{N}-]*\p{L})(?=[\p{L}\p{N}-]*\d)[\p{L}\p{N}-]{3,}(?![\p{L}\p{N}])/gu,
  },
];

/**
 * A group by its name.
 *
 * @param name The name.
 * @throws {RangeError} If there is none of that name.
 */
export function tokenGroup(name: string): TokenGroup {
  const found = tokenGroups.find((group) => group.name === name);
  if (found) return found;
  throw new RangeError(
    `Unknown group of tokens "${name}": there are ${
      tokenGroups.map(({ name }) => name).join(", ")
    }`,
  );
}

/** A place in a text: [start, end). */
export type Span = readonly [start: number, end: number];

/** Where a text has members of a group. */
export function groupSpans({ pattern }: Pick<TokenGroup, "pattern">, text: string): Span[] {
  return Array.from(text.matchAll(pattern), ({ 0: found, index }): Span => [
    index,
    index + found.length,
  ]).filter(([start, end]) => end > start);
}
