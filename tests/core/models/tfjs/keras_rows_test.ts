import { loadTfjsModel, type TextSettings } from "@heatword/core/tfjs";
import "@heatword/datasets/tokenizers";
import { assertEquals } from "@std/assert";
import { fixturesFolder, lacksFixtures, testWith } from "../../../_skip.ts";
import { rowsSeen, textModel } from "./_text_model.ts";

interface Fitted {
  readonly name: string;
  readonly options: Record<string, unknown>;
  readonly word_index: Record<string, number>;
  readonly sequences: number[][];
  readonly padded: { options: Record<string, unknown>; rows: number[][] }[];
}

testWith(
  lacksFixtures("text/keras.json"),
  "a tokenizer.json of Keras gives the rows of texts_to_sequences and pad_sequences",
  async (t) => {
    const { defaults, strings, sets, unseen } = JSON.parse(
      await Deno.readTextFile(`${fixturesFolder}/text/keras.json`),
    );
    const encode = (json: unknown) => new TextEncoder().encode(JSON.stringify(json));
    const load = async (
      { options, word_index: words }: Pick<Fitted, "options" | "word_index">,
      settings: TextSettings = {},
    ) => {
      const { files } = await textModel({ rows: 120, recurrent: true });
      const config = { ...defaults, ...options, word_index: JSON.stringify(words) };
      files.set("tokenizer.json", encode({ class_name: "Tokenizer", config }));
      return await loadTfjsModel(files, settings);
    };
    for (const fitted of sets as Fitted[]) {
      await t.step(fitted.name, async () => {
        const model = await load(fitted);
        for (const [i, text] of (strings as string[]).entries()) {
          const rows = rowsSeen(model.encode(model.read(text)));
          // Of no words nothing but the zero vector can be scored.
          const expected = fitted.sequences[i]!.length > 0 ? fitted.sequences[i]! : [-1];
          assertEquals(rows, expected, JSON.stringify(text));
        }
        for (const { options, rows } of fitted.padded) {
          const padded = await load(fitted, {
            length: options.maxlen as number,
            padding: 0,
            paddingSide: (options.padding ?? "pre") as "pre",
            truncatingSide: (options.truncating ?? "pre") as "pre",
          });
          for (const [i, text] of (strings as string[]).entries()) {
            const found = rowsSeen(padded.encode(padded.read(text)));
            assertEquals(found, rows[i], JSON.stringify([text, options]));
          }
          if ("dispose" in padded) padded.dispose();
        }
        if ("dispose" in model) model.dispose();
      });
    }
    await t.step("texts that it was not fitted on", async () => {
      const model = await load(unseen);
      for (const [i, text] of (strings as string[]).slice(-10).entries()) {
        const rows = rowsSeen(model.encode(model.read(text)));
        const expected: number[] = unseen.sequences[i];
        assertEquals(rows, expected.length > 0 ? expected : [-1], JSON.stringify(text));
      }
      if ("dispose" in model) model.dispose();
    });
  },
);
