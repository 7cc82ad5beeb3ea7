import { assert, assertEquals, assertLessOrEqual, assertStringIncludes } from "@std/assert";
import { heatmapColor } from "@heatword/eval/heatmap";
import fc from "fast-check";
import stringWidth from "string-width";
import { layOut } from "../../../eval/render/_layout.ts";
import { renderTerminal } from "../../../eval/render/terminal.ts";
import { madeExplanations } from "../../apps/_made_explanation.ts";

const measure = (text: string) => stringWidth(text, { countAnsiEscapeCodes: true });
// deno-lint-ignore no-control-regex
const withoutCodes = (text: string) => text.replaceAll(/\x1b\[[\d;]*m/g, "");
// deno-lint-ignore no-control-regex
const control = /[\0-\x09\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/;

const anyText = fc.array(fc.nat(0xffff), { maxLength: 80 })
  .map((codes) => String.fromCharCode(...codes));
const nastyText = fc.array(
  fc.constantFrom("moon", "ride", " ", "\n", "\t", "\x1b[2J", "\x9b31m", "\r", "\u202e", "漢", "é"),
  { maxLength: 60 },
).map((parts) => parts.join(""));

Deno.test("renderTerminal() never sends a control character of the text", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.oneof(anyText, nastyText),
      fc.constantFrom(0, 1, 2, 3),
      async (text, colors) => {
        const columns = 60;
        const output = renderTerminal(await madeExplanations(text), {
          columns,
          colors: colors as 0 | 1 | 2 | 3,
          measure,
        });
        assert(!control.test(withoutCodes(output)));
      },
    ),
  );
});

Deno.test("layOut() shows every character once, in lines that fit", () => {
  fc.assert(
    fc.property(fc.oneof(anyText, nastyText), fc.integer({ min: 8, max: 40 }), (text, columns) => {
      const lines = layOut(text, columns, measure);
      const offsets = lines.flat().map(({ offset }) => offset);
      assertEquals(offsets, [...new Set(offsets)].sort((a, b) => a - b));
      for (const line of lines) {
        const width = line.reduce((sum, cell) => sum + cell.width, 0);
        assert(width <= columns || line.length === 1);
      }
      const starts = [...new Intl.Segmenter().segment(text)]
        .filter(({ segment }) => !/^(\r\n|\n)$/.test(segment)).map(({ index }) => index);
      const hidden = starts.filter((start) => !offsets.includes(start));
      // What is not shown are spaces where a line was broken.
      assert(hidden.every((start) => " \t\r".includes(text[start]!)));
    }),
  );
});

Deno.test("renderTerminal() shows the text as written when it is wide enough", async () => {
  const text = 'A moon ride:\n\n  the doctor said (twice) "no".';
  const lines = renderTerminal(await madeExplanations(text)).split("\n");
  for (const line of text.split("\n")) assert(lines.includes(line), line);
});

Deno.test("renderTerminal() marks words below their first letter", async () => {
  const [explanation] = await madeExplanations("the moon and xyzzy");
  const made = { ...explanation!, relevance: [1, -0.5, 0.02, 0.25] };
  const lines = renderTerminal([made]).split("\n");
  const at = lines.indexOf("the moon and xyzzy");
  assertEquals(lines[at + 1], "+9  -4       +2?");
});

Deno.test("renderTerminal() gives no sign for an explainer without signs", async () => {
  const [explanation] = await madeExplanations("the moon", { explainers: ["sa"] });
  const lines = renderTerminal([{ ...explanation!, relevance: [4, 1] }]).split("\n");
  assertEquals(lines[lines.indexOf("the moon") + 1], "9   2");
});

Deno.test("renderTerminal() shows where the text was cut", async () => {
  const output = renderTerminal(await madeExplanations("the moon and the bike", { words: 3 }));
  assertStringIncludes(output, "^cut");
  assertStringIncludes(output, "the model saw the first 3 words; 2 more words behind them not");
  const colored = renderTerminal(await madeExplanations("the moon and the bike", { words: 3 }), {
    colors: 3,
  });
  assertStringIncludes(colored, " \x1b[2mthe bike\x1b[0m");
});

Deno.test("renderTerminal() uses the codes that the terminal knows", async () => {
  const [explanation] = await madeExplanations("the moon");
  const made = [{ ...explanation!, relevance: [1, -1] }];
  const codes = (colors: 0 | 1 | 2 | 3) => renderTerminal(made, { colors, top: 0 });
  // deno-lint-ignore no-control-regex
  assert(!/\x1b/.test(codes(0)));
  assertStringIncludes(codes(1), "\x1b[97;41mthe\x1b[0m \x1b[97;44mmoon\x1b[0m");
  assertStringIncludes(codes(2), "\x1b[38;5;16;48;5;");
  const background = heatmapColor(1).join(";");
  assertStringIncludes(codes(3), `\x1b[38;2;17;17;17;48;2;${background}mthe\x1b[0m`);
  assertEquals(withoutCodes(codes(3)), codes(0));
});

Deno.test("renderTerminal() keeps within the columns, side by side too", async () => {
  const text = "the moon 漢字漢字 and a bike ride \x1b[31m to the moon ".repeat(9);
  for (const columns of [40, 80, 120, 180]) {
    const output = renderTerminal(
      await madeExplanations(text, { explainers: ["lrp", "sa"], targets: ["all"] }),
      { columns, measure },
    );
    for (const line of output.split("\n")) {
      assertLessOrEqual(measure(line), Math.max(columns, 60), line);
    }
    assertEquals(/lrp: why rec\.motorcycles +lrp: why sci/.test(output), columns >= 115);
  }
});

Deno.test("renderTerminal() prints the ledger when there is one", async () => {
  const output = renderTerminal(await madeExplanations("the moon", { ledger: true }));
  assertStringIncludes(output, "by stabiliser");
  assertStringIncludes(output, "convolution");
});

Deno.test("renderTerminal() says so when the model knows no word", async () => {
  const shown = async (text: string) => renderTerminal(await madeExplanations(text));
  assertStringIncludes(await shown("12345"), "the text has no word that the model could see");
  assertStringIncludes(await shown("xyzzy plugh"), "no word of the text is known to the model");
  assertStringIncludes(await shown("xyzzy moon"), "1 of 2 words unknown to the model (?)");
});
