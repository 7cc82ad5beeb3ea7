import { Random } from "@heatword/core";
import type { CompactDocument, Corpus } from "@heatword/datasets/corpus";

const classes = ["comp.graphics", "misc.forsale", "rec.motorcycles", "sci.med", "sci.space"];
const own: readonly string[][] = [
  ["image", "pixel", "driver", "render"],
  ["sale", "offer", "price", "shipping"],
  ["ride", "bike", "helmet", "engine"],
  ["doctor", "patient", "disease", "drug"],
  ["orbit", "launch", "moon", "shuttle"],
];
const shared = ["the", "of", "and", "is", "it", "that", "was", "for"];

/** Word vectors for the made corpus, as a text file has them. */
export function madeVectors(): string {
  const random = new Random(8);
  const words = [...own.flat(), ...shared];
  const rows = words.map((word) =>
    `${word} ${Array.from({ length: 8 }, () => random.normal().toFixed(4)).join(" ")}`
  );
  return `${words.length} 8\n${rows.join("\n")}\n`;
}

/** Documents of drawn words, a third of them from their class; some have words of another class too. */
export function madeCorpus(): Corpus {
  const random = new Random(5);
  const draw = (split: string, count: number): CompactDocument[] =>
    Array.from({ length: count }, (_, i) => {
      const label = i % classes.length;
      const length = i % 7 === 0 ? 20 : 100 + random.below(30);
      const other = random.below(classes.length);
      const words = Array.from({ length }, () => {
        const kind = random.below(12);
        const from = kind < 2 ? own[label]! : kind < 4 ? own[other]! : shared;
        return from[random.below(from.length)]!;
      });
      const id = i === 4 && split === "test" ? "sci.space/61393" : `${split}/${i}`;
      return { id, label, words: words.join(" "), length };
    });
  const text = "The moon & the shuttle: <b>ride</b> it.";
  const tokens = [...text.matchAll(/\b(?:The|moon|the|shuttle|ride|it)\b/g)].map((match) => ({
    text: match[0],
    start: match.index,
    end: match.index + match[0].length,
  }));
  return {
    name: "a made corpus",
    preparation: "Words are drawn.",
    notices: [],
    classes,
    train: draw("train", 400),
    test: draw("test", 400),
    categories: { names: ["comp", "rec", "sci"], of: [0, -1, 1, 2, 2], rest: "misc.forsale" },
    comparable: false,
    shown: "sci.space/61393",
    original: (id) => ({ text, tokens, id, label: "sci.space" }),
  };
}
