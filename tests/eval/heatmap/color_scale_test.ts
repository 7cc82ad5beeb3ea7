import { contrastRatio, heatmapColor, hexColor, inkColor } from "@heatword/eval/heatmap";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";

Deno.test("heatmapColor() is white at 0, red above and blue below", () => {
  assertEquals(heatmapColor(0), [255, 255, 255]);
  const [red, , blue] = heatmapColor(1);
  assert(red > blue);
  const [negativeRed, , negativeBlue] = heatmapColor(-1);
  assert(negativeBlue > negativeRed);
  assertEquals(heatmapColor(3), heatmapColor(1));
  assertEquals(heatmapColor(-Infinity), heatmapColor(-1));
  assertThrows(() => heatmapColor(NaN), RangeError, "not a number");
});

Deno.test("heatmapColor() keeps a contrast of 7 to the ink everywhere", () => {
  for (let value = -1; value <= 1; value += 0.01) {
    assert(contrastRatio(heatmapColor(value), inkColor) >= 7, `at ${value}`);
  }
});

Deno.test("heatmapColor() gets stronger with the value", () => {
  for (const sign of [-1, 1]) {
    let before = Infinity;
    for (let share = 0; share <= 1; share += 0.05) {
      const contrast = contrastRatio(heatmapColor(sign * share), inkColor);
      assert(contrast < before);
      before = contrast;
    }
  }
});

Deno.test("contrastRatio() is 21 for black on white and 1 for equal colours", () => {
  assertAlmostEquals(contrastRatio([0, 0, 0], [255, 255, 255]), 21, 1e-9);
  assertEquals(contrastRatio([9, 99, 199], [9, 99, 199]), 1);
});

Deno.test("hexColor() writes two digits a part", () => {
  assertEquals(hexColor([0, 10, 255]), "#000aff");
});
