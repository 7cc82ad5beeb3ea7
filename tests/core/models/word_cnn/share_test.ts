import { assertEquals, assertThrows } from "@std/assert";
import { shareWordCnn } from "@heatword/core/word-cnn";
import { testPermitted } from "../../../_skip.ts";
import { madeModels, madeRows } from "./_made_model.ts";

const test = testPermitted("read");

test("shareWordCnn() gives workers the same bytes, with room for all words or none", async () => {
  const texts = Array.from({ length: 40 }, (_, i) => madeRows(i, 20 + i));
  const sizes = [{ memory: 1e6 }, { memory: 2000 }, { memory: 0 }, { widths: [1, 3] }];
  for (const size of sizes) {
    const { fast } = madeModels(1, size);
    const expected = texts.map((rows) => fast.scores(fast.inputFromRows(rows)));
    const shared = shareWordCnn(madeModels(1, size).fast);
    const workers = Array.from(
      { length: 3 },
      () => new Worker(new URL("./_share_worker.ts", import.meta.url), { type: "module" }),
    );
    try {
      await Promise.all(workers.map((worker) =>
        new Promise<void>((resolve, reject) => {
          worker.onerror = reject;
          worker.onmessage = ({ data }) => {
            assertEquals(data, expected);
            resolve();
          };
          worker.postMessage({ shared, texts });
        })
      ));
    } finally {
      for (const worker of workers) worker.terminate();
    }
  }
});

Deno.test("shareWordCnn() refuses a float64 model", () => {
  assertThrows(() => shareWordCnn(madeModels(1).exact), TypeError, "Cannot share a float64 model");
});
