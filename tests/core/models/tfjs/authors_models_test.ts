// Models of other people, read as the sites do that they come from.
import type { Model } from "@heatword/core";
import {
  LayeredTfjsModel,
  loadTfjsModel,
  type ScoringTfjsModel,
  type TextSettings,
} from "@heatword/core/tfjs";
import "@heatword/datasets/tokenizers";
import { assert, assertEquals } from "@std/assert";
import { dataFile, testWith } from "../../../_skip.ts";

/** How a preprocessing is described. */
interface Described {
  readonly trim: boolean;
  readonly lower: boolean;
  readonly filters: string | null;
  readonly keep: string | null;
  readonly replaceBy: string;
  readonly split: string;
  readonly emptyWords: "unknown" | "drop";
  readonly start: number | null;
  readonly unknown: number;
  readonly vocabularyRows: number | null;
  readonly length: number;
  readonly padding: "pre" | "post";
  readonly padRow: number;
  readonly truncating: "pre" | "post";
}

interface Expected {
  readonly classes: string[];
  readonly embeddingRows: number;
  readonly variants: Record<string, {
    readonly settings: Described;
    readonly texts: readonly {
      readonly text: string;
      readonly rows: number[];
      readonly inRange?: number[];
      readonly output: number[];
      readonly logits: number[];
    }[];
  }>;
}

/** The same as `text.json` says it. */
function settingsOf(described: Described): TextSettings {
  const { trim, lower, filters, keep, replaceBy, split, emptyWords } = described;
  const stays = keep?.replace(" and white space", "\\s") ?? "";
  return {
    tokenizer: {
      name: "split",
      trim,
      lower,
      filters: filters ?? "",
      keep: stays,
      replaceBy,
      separator: split === "white space" ? "" : split,
      emptyWords: emptyWords === "drop" ? "drop" : "keep",
    },
    start: described.start,
    unknown: described.unknown,
    padding: described.padRow,
    length: described.length,
    paddingSide: described.padding,
    truncatingSide: described.truncating,
    ...(described.vocabularyRows !== null && { numWords: described.vocabularyRows }),
  };
}

/** The rows that the layers see, by their numbers in the file. */
function rowsOf(model: LayeredTfjsModel | ScoringTfjsModel, text: string): number[] {
  const { rows, order } = model.encode(model.read(text));
  return order ? [...order].map((position) => rows![position]!) : [...rows!];
}

const softmax = (scores: ArrayLike<number>) => {
  const exponents = Array.from(scores, (score) => Math.exp(score));
  const sum = exponents.reduce((a, b) => a + b, 0);
  return exponents.map((value) => value / sum);
};

function close(actual: readonly number[], expected: readonly number[], what: string) {
  assertEquals(actual.length, expected.length);
  actual.forEach((value, i) => {
    const difference = Math.abs(value - expected[i]!);
    assert(difference <= 1e-5 * Math.max(1, Math.abs(expected[i]!)), `${what}: ${difference}`);
  });
}

for (const name of ["berita", "inbox", "toxic", "emotion"]) {
  const { path, lacks } = dataFile(`models/${name}`);
  testWith(lacks, `model "${name}" has the rows and outputs that its site gives`, async (t) => {
    const expected: Expected = JSON.parse(await Deno.readTextFile(`${path}/expected.json`));
    const { classes } = expected;
    for (const [variant, { settings, texts }] of Object.entries(expected.variants)) {
      const model = await loadTfjsModel(path, { classes, ...settingsOf(settings) });
      // A zero row of a layered model is not a word.
      const shown = (rows: readonly number[]) =>
        model instanceof LayeredTfjsModel
          ? rows.map((row) => row < 0 ? settings.padRow : row)
          : rows;
      for (const { text, rows, inRange = rows, output, logits } of texts) {
        await t.step(`${variant}: ${JSON.stringify(text).slice(0, 60)}`, async () => {
          assertEquals(shown(rowsOf(model, text)), inRange);
          const scores = [...await (model as Model).scores(model.encode(model.read(text)))];
          if (logits.length === 1) {
            close([scores[1]! - scores[0]!], logits, "logits");
            close(softmax(scores).slice(1), output, "output");
          } else {
            close(scores, logits, "logits");
            close(softmax(scores), output, "output");
          }
        });
      }
      if (!(model instanceof LayeredTfjsModel)) model.dispose();
    }
  });
}

testWith(
  dataFile("models/berita").lacks,
  'tokenizer "keras" gives the rows that a model was trained with by Keras',
  async () => {
    const { path } = dataFile("models/berita");
    const expected: Expected = JSON.parse(await Deno.readTextFile(`${path}/expected.json`));
    const { tokenizer: _, ...settings } = settingsOf(expected.variants.keras!.settings);
    const model = await loadTfjsModel(path, { ...settings, tokenizer: "keras" });
    for (const { text, rows } of expected.variants.keras!.texts) {
      assertEquals(rowsOf(model, text), rows, text);
    }
    assert(model instanceof LayeredTfjsModel);
  },
);
