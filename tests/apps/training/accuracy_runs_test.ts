// The runs of `deno task accuracy`: what is trained for one, and how they are kept.
import { Random } from "@heatword/core";
import type { CompactDocument } from "@heatword/datasets/corpus";
import { assertEquals, assertNotEquals, assertRejects } from "@std/assert";
import { beginningOf, Runs, train, type Variant } from "../../../bench/apps/_accuracy_runs.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write");

/** Documents of two classes, each with a word of its own. */
function madeDocuments(count: number): CompactDocument[] {
  const random = new Random(2);
  return Array.from({ length: count }, (_, i) => {
    const own = [["orbit", "moon"], ["doctor", "drug"]][i % 2]!;
    const words = ["the", own[random.below(2)], "of", own[random.below(2)]].join(" ");
    return { id: `a/${i}`, label: i % 2, words, length: 4 };
  });
}

test("train() trains vectors and network by the seed, on all documents; Runs keeps it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    const documents = madeDocuments(30);
    const corpus = { classes: ["space", "med"], train: documents, test: documents.slice(0, 10) };
    const setting = { workers: 1, cache: folder, onProgress: () => {} };
    const variant: Variant = {
      ...{ vectors: "ppmi", widths: [2], filters: 8, epochs: 3, norm: 3, heldOut: false },
    };
    const one = await train(corpus, variant, 0, setting);
    assertEquals({ ...one, seconds: 0, accuracy: 0 }, {
      ...{ ...variant, seed: 0, accuracy: 0, documents: 10, seconds: 0 },
    });
    // Both classes are told apart by words of their own, so that one half would be chance.
    assertEquals(one.accuracy, 1);
    const swapped = corpus.test.map((document) => ({ ...document, label: 1 - document.label }));
    assertEquals((await train({ ...corpus, test: swapped }, variant, 0, setting)).accuracy, 0);
    await train(corpus, variant, 1, setting);
    // A set of vectors and a network for each seed.
    assertEquals([...Deno.readDirSync(`${folder}/vectors`)].length, 2);
    assertEquals([...Deno.readDirSync(`${folder}/models`)].length, 2);

    const path = `${folder}/runs.json`;
    const runs = await Runs.read(path);
    assertEquals(runs.find(variant, 0), undefined);
    await runs.add(one);
    const again = await Runs.read(path);
    assertEquals(again.find(variant, 0), one);
    for (
      const other of [
        { epochs: 4 },
        { vectors: "skipgram" },
        { heldOut: "whole" as const },
        { filters: 9 },
      ]
    ) {
      assertEquals(again.find({ ...variant, ...other }, 0), undefined);
    }
    // Runs that do not say how much of held-out documents they were measured on are of neither kind.
    await Deno.writeTextFile(path, JSON.stringify([{ ...one, heldOut: true }]));
    for (const heldOut of ["beginning", "whole"] as const) {
      const older = await Runs.read(path);
      assertEquals(older.find({ ...variant, heldOut }, 0), undefined);
      const run = { ...one, heldOut };
      await older.add(run);
      assertEquals((await Runs.read(path)).find({ ...variant, heldOut }, 0), run);
    }
    assertNotEquals(again.find(variant, 0), again.find(variant, 1));
    await Deno.writeTextFile(path, "[{");
    await assertRejects(() => Runs.read(path), SyntaxError, "runs.json");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

Deno.test("of a held-out document as many words are measured on as of a test document", () => {
  const words = Array.from({ length: 403 }, (_, i) => `w${i}`);
  const documentOf = (some: string[]) => {
    return { id: "a/1", label: 0, words: some.join(" "), length: some.length };
  };
  assertEquals(beginningOf(documentOf(words)), documentOf(words.slice(0, 400)));
  assertEquals(beginningOf(documentOf(words.slice(0, 400))), documentOf(words.slice(0, 400)));
});
