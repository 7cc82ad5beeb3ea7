import { openReader } from "@heatword/core";
import "@heatword/datasets/tokenizers";
import { LeftOutWords, readTrainingTexts } from "@heatword/datasets/corpus";
import { leftOutLines } from "../../../apps/train/_left_out.ts";
import { assertEquals } from "@std/assert";
import { testPermitted } from "../../_skip.ts";

async function counted(texts: readonly string[], tokenizer: string, maxWords?: number) {
  const reading = { tokenizer, options: {}, ...(maxWords !== undefined && { maxWords }) };
  const words = new LeftOutWords();
  const reader = words.counting(await openReader(reading));
  const documents = texts.map((text) => reader.read(text));
  return { words, documents };
}

Deno.test("LeftOutWords counts words that are left out, no punctuation, and what is cut off", async () => {
  const texts = ["Größe 10, gut!", "schön 10 🚀 “so”", "10"];
  const { words, documents } = await counted(texts, "newsgroups");
  assertEquals(documents.map(({ tokens }) => tokens.map(({ text }) => text)), [["gut"], [], []]);
  assertEquals([words.left, words.all, words.share], [7, 8, 7 / 8]);
  assertEquals(words.examples(2), [["10", 3], ["Größe", 1]]);
  const cut = (await counted(["a b c 5"], "newsgroups", 1)).words;
  assertEquals([cut.left, cut.all], [1, 4]);
  const all = (await counted(texts, "unicode")).words;
  assertEquals([all.left, all.all], [0, 8]);
  assertEquals(new LeftOutWords().share, 0);
});

Deno.test("training says how many words are left out, and warns above five in a hundred", async () => {
  const lines = async (text: string, tokenizer = "newsgroups") =>
    leftOutLines((await counted([text], tokenizer)).words);
  assertEquals(await lines("a b, c!"), ["the tokenizer leaves out none of 3 words"]);
  const [few, ...no] = await lines(`${"word ".repeat(95)} 5 6 5 7 5`);
  assertEquals(no, []);
  assertEquals(few, "the tokenizer leaves out 5 of 100 words (5.0 %): 5 (3), 6 (1), 7 (1)");
  const [many, warning] = await lines(`${"word ".repeat(94)} 5 6 5 7 5 \u202e9`);
  assertEquals(
    many,
    "the tokenizer leaves out 6 of 100 words (6.0 %): 5 (3), 6 (1), 7 (1), <U+202E>9 (1)",
  );
  assertEquals(
    warning,
    "warning: the model will not see 6.0 % of the words of these texts; " +
      '"deno task tokenizers" lists tokenizers that keep more, and docs/text.md tells them apart',
  );
  const [long] = await lines(`${"ä".repeat(200)} a`);
  assertEquals(long!.endsWith(`: ${"ä".repeat(30)}… (1)`), true);
});

testPermitted("read", "write")("the words of a table to train on are counted", async () => {
  const path = await Deno.makeTempFile({ suffix: ".csv" });
  try {
    const rows = Array.from({ length: 10 }, (_, i) => `schön ${i} gut,${i % 2 ? "a" : "b"}`);
    await Deno.writeTextFile(path, `text,label\n${rows.join("\n")}\n`);
    const { leftOut } = await readTrainingTexts({ data: path, columns: {}, seed: 0 }, () => {});
    assertEquals([leftOut.left, leftOut.all], [20, 30]);
    assertEquals(leftOut.examples(1), [["schön", 10]]);
  } finally {
    await Deno.remove(path);
  }
});
