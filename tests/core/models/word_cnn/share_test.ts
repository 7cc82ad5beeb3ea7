import { assertEquals, assertThrows } from "@std/assert";
import { shareWordCnn } from "@heatword/core/word-cnn";
import { testPermitted } from "../../../_skip.ts";
import { madeModels, madeRows } from "./_made_model.ts";

const test = testPermitted("read");

test("shareWordCnn() gives workers the same bytes, with room for all words or none", async () => {
  const texts = Array.from({ length: 40 }, (_, i) => madeRows(i, 20 + i));
  const { fast } = madeModels(1);
  const expected = texts.map((rows) => fast.scores(fast.inputFromRows(rows)));
  for (const memory of [1e6, 2000, 0]) {
    const shared = shareWordCnn(madeModels(1, { memory }).fast);
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
