import { heatmapColor, hexColor, inkColor } from "@heatword/eval/heatmap";
import { assert, assertAlmostEquals, assertEquals, assertThrows } from "@std/assert";

type Rgb = ReturnType<typeof heatmapColor>;

/** The contrast of two colours: relative luminances plus 0.05, the lighter over the darker (WCAG 2.2). */
function contrastRatio(a: Rgb, b: Rgb): number {
  const luminance = (color: Rgb) => {
    const [r, g, blue] = color.map((part) => {
      const share = part / 255;
      return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
    }) as unknown as Rgb;
    return 0.2126 * r + 0.7152 * g + 0.0722 * blue;
  };
  const [dark, light] = [luminance(a), luminance(b)].sort((x, y) => x - y) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

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
