import { formatCount, formatNumber, formatSigned } from "@heatword/eval/numbers";
import { assertEquals } from "@std/assert";

const cases: [value: number, text: string][] = [
  [0, "0"],
  [-0, "0"],
  [1, "1"],
  [-2, "−2"],
  [0.5, "0.5000"],
  [-0.1, "−0.1000"],
  [0.43121, "0.4312"],
  [4.63394, "4.634"],
  [12.3456, "12.35"],
  [-123.456, "−123.5"],
  [999.96, "1,000"],
  [1234.5, "1,235"],
  [12_345.6, "12,346"],
  [18_846, "18,846"],
  [999_999.9, "1,000,000"],
  [1_000_000, "1,000,000"],
  [1_234_567.8, "1.235·10⁶"],
  [1e20, "1.000·10²⁰"],
  [0.001, "0.001000"],
  [0.0123456, "0.01235"],
  [0.000999, "9.990·10⁻⁴"],
  [-1.5e-7, "−1.500·10⁻⁷"],
  [8.3e-308, "8.300·10⁻³⁰⁸"],
  [NaN, "–"],
  [Infinity, "–"],
  [-Infinity, "–"],
];

Deno.test("formatNumber() writes four significant digits, and whole numbers in full", () => {
  assertEquals(cases.map(([value]) => formatNumber(value)), cases.map(([, text]) => text));
});

Deno.test("formatSigned() puts a plus before positive numbers alone", () => {
  assertEquals(
    cases.map(([value]) => formatSigned(value)),
    cases.map(([value, text]) => value > 0 && value < Infinity ? `+${text}` : text),
  );
});

Deno.test("formatCount() has a noun for one and one for many", () => {
  assertEquals([0, 1, 2, 12_240].map((n) => formatCount(n, "word")), [
    "0 words",
    "1 word",
    "2 words",
    "12,240 words",
  ]);
  assertEquals(formatCount(2, "class", "classes"), "2 classes");
});
