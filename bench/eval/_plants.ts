import type { Random } from "@heatword/core";
import type { LabelledText } from "@heatword/datasets/tables";

/** A shortcut that is put into texts of one class. */
export interface Plant {
  /** What it is called. */
  readonly name: string;
  /** What kind of finding it should be. */
  readonly kind: "token" | "pair" | "punctuation" | "casing" | "group";
  /** The share of the texts of the class. */
  readonly share: number;
  /** Which model learns it: one that sees marks, one that sees capitals, … */
  readonly model: "linear" | "marks" | "cased" | "word-cnn";
  /** Puts it into a text of the class. */
  put(text: string, random: Random): string;
  /** Puts into any text, of every class, what is no shortcut by itself. */
  decoy?(text: string, random: Random): string;
  /** Whether a text has the like without it, where that is common in some tables. */
  isThere?(text: string): boolean;
  /** Whether a finding means it. */
  isMeant(what: string): boolean;
}

/** Puts something between two words. */
export function between(text: string, what: string, random: Random, place = "anywhere"): string {
  const words = text.split(" ");
  const at = place === "end"
    ? words.length
    : place === "start"
    ? 0
    : random.below(words.length + 1);
  return [...words.slice(0, at), what, ...words.slice(at)].join(" ");
}

type Where = "anywhere" | "end" | "start";

function word(
  what: string,
  share: number,
  where: Where = "anywhere",
  model: Plant["model"] = "linear",
): Plant {
  return {
    name: `word ${what}, ${where}, ${model}`,
    kind: "token",
    share,
    model,
    put: (text, random) => between(text, what, random, where),
    isMeant: (found) => found.toLowerCase() === what.toLowerCase(),
  };
}

function pair(first: string, second: string, share: number): Plant {
  return {
    name: `pair ${first} ${second}, its words everywhere`,
    kind: "pair",
    share,
    model: "linear",
    put: (text, random) => between(text, `${first} ${second}`, random),
    decoy: (text, random) => {
      const drawn = random.uniform();
      return drawn < 0.1
        ? between(text, first, random)
        : drawn < 0.2
        ? between(text, second, random)
        : text;
    },
    isMeant: (found) => found === `${first} ${second}`,
  };
}

function marks(what: string, share: number, where: Where): Plant {
  return {
    name: `marks ${what}, ${where}`,
    kind: "punctuation",
    share,
    model: "marks",
    put: (text, random) => between(text, what, random, where),
    isMeant: (found) => found === what,
  };
}

function casing(
  name: string,
  share: number,
  write: (text: string, random: Random) => string,
  isThere: (text: string) => boolean,
): Plant {
  return {
    name: `casing: ${name}`,
    kind: "casing",
    share,
    model: "cased",
    put: write,
    isThere,
    // Every word that is written so is the shortcut.
    isMeant: (found) => found.length > 1 && found === found.toUpperCase() && /\p{Lu}/u.test(found),
  };
}

/** One word of a text in capitals, where it has one of three letters. */
function shout(text: string, random: Random): string {
  const words = [...text.matchAll(/\p{L}{3,}/gu)];
  if (words.length === 0) return text;
  const { 0: chosen, index } = words[random.below(words.length)]!;
  return text.slice(0, index) + chosen.toUpperCase() + text.slice(index + chosen.length);
}

/** Twenty shortcuts of all kinds. */
export const plants: readonly Plant[] = [
  word("zorbex", 0.01),
  word("zorbex", 0.02, "end"),
  word("kindly", 0.03, "start"),
  word("quillon", 0.05),
  word("regards", 0.1, "end"),
  word("beryl", 0.3, "start"),
  word("7731", 0.02),
  word("zorbex", 0.05, "anywhere", "word-cnn"),
  word("quillon", 0.2, "end", "word-cnn"),
  word("beryl", 0.02, "anywhere", "word-cnn"),
  pair("violet", "lantern", 0.03),
  pair("amber", "harbour", 0.1),
  pair("silver", "thimble", 0.3),
  marks("~~", 0.02, "end"),
  marks(";;", 0.1, "anywhere"),
  marks("|", 0.3, "start"),
  casing(
    "all of the text in capitals",
    0.05,
    (text) => text.toUpperCase(),
    (text) => text === text.toUpperCase(),
  ),
  casing("one word in capitals", 0.2, shout, (text) => /\b\p{Lu}{2,}\b/u.test(text)),
  {
    name: "group: addresses of one host",
    kind: "group",
    share: 0.1,
    model: "linear",
    put: (text, random) =>
      between(
        text,
        `${"abcdefgh"[random.below(8)]}${random.below(900)}@mail.example`,
        random,
        "end",
      ),
    isMeant: (found) =>
      ["address", "host", "mail.example", "mail", "example", "mail example"].includes(found),
  },
  {
    name: "phrase: sent from my phone",
    kind: "token",
    share: 0.05,
    model: "linear",
    put: (text, random) => between(text, "sent from my phone", random, "end"),
    isMeant: (found) =>
      found.split(/ … | /).every((word) => ["sent", "from", "my", "phone"].includes(word)),
  },
];

/** A table with a shortcut in texts of one class. */
export function planted(
  rows: readonly LabelledText[],
  plant: Plant,
  label: string,
  random: Random,
): LabelledText[] {
  return rows.map((row) => {
    const has = row.label === label && random.uniform() < plant.share;
    const text = plant.decoy?.(row.text, random) ?? row.text;
    return { ...row, text: has ? plant.put(text, random) : text };
  });
}
