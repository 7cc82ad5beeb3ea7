import { Random } from "@heatword/core";
import { readHyperparameters } from "@heatword/core/word-cnn";
import { assertEquals } from "@std/assert";
import { takeWindow } from "../../../../core/models/word_cnn/training/_training_window.ts";

const first = readHyperparameters({ window: 5 });
const anywhere = readHyperparameters({ window: 5, randomWindow: true });

Deno.test("takeWindow() takes the first words, at least two and no more than the window", () => {
  for (const hyperparameters of [first, anywhere]) {
    const lengths = [0, 1, 2, 4, 5, 6, 400].map((words) => takeWindow(words, hyperparameters));
    assertEquals(lengths, [[0, 2], [0, 2], [0, 2], [0, 4], [0, 5], [0, 5], [0, 5]]);
  }
  // Only a random window is drawn.
  assertEquals(takeWindow(9, first, new Random(1)), [0, 5]);
});

Deno.test("takeWindow() draws every place of a longer document alike, the last one too", () => {
  const random = new Random(2);
  const counts = new Array(4).fill(0);
  for (let i = 0; i < 4000; i++) {
    const [offset, length] = takeWindow(8, anywhere, random);
    assertEquals(length, 5);
    counts[offset]++;
  }
  assertEquals(counts.length, 4);
  for (const count of counts) assertEquals(Math.abs(count - 1000) < 150, true, String(counts));
});

Deno.test("takeWindow() draws nothing where there is nothing to choose", () => {
  const random = new Random(2);
  const before = random.state;
  assertEquals(takeWindow(5, anywhere, random), [0, 5]);
  assertEquals(random.state, before);
});
