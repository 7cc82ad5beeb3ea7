import { type Explainer, registerExplainer } from "@heatword/core";
import { lrp } from "@heatword/explainers/lrp";
import { sa } from "@heatword/explainers/sa";
import { assertEquals } from "@std/assert";
import { explainDocument } from "@heatword/eval/explanations";
import { renderHtml } from "../../../eval/render/html.ts";
import { renderSvg } from "../../../eval/render/svg.ts";
import { renderTerminal } from "../../../eval/render/terminal.ts";
import { madeDocument, madeModel } from "../../apps/_made_model.ts";

/** Says that it has no sign, and gives numbers below zero all the same. */
const careless: Explainer = registerExplainer({
  name: "careless",
  description: "Counts up and down",
  citation: "none",
  tags: { needs: "scores", signed: false, conserves: false, stochastic: false },
  options: {},
  explain: ({ input: { length }, targets }) =>
    targets.map(() => ({
      score: 0,
      words: Float64Array.from({ length }, (_, t) => (t % 3) - 1),
    })),
});

const cases: [explainer: Explainer, options: Record<string, string>, signed: boolean][] = [
  [lrp, {}, true],
  [lrp, { pooling: "l2" }, false],
  [lrp, { pooling: "squared-l2" }, false],
  [sa, {}, false],
  [sa, { pooling: "l1" }, false],
  [sa, { pooling: "sum" }, true],
  [careless, {}, false],
];

Deno.test("formats say against only of explanations whose sign means something", async () => {
  const document = madeDocument(
    "The shuttle reached its orbit and a doctor took the bike to space.",
  );
  for (const [explainer, options, signed] of cases) {
    const explanations = await explainDocument(madeModel(), document, {
      explainers: [{ explainer, options }],
      targets: ["sci.med"],
    });
    const name = `${explainer.name} ${JSON.stringify(options)}`;
    assertEquals([name, explanations[0]!.signed], [name, signed]);
    const pages = {
      terminal: renderTerminal(explanations, { columns: 80 }),
      // Of the page only what can be read, not its style.
      html: renderHtml(explanations).replace(/<style>[^]*<\/style>/, ""),
      svg: renderSvg(explanations),
    };
    for (const [format, page] of Object.entries(pages)) {
      const said = /\bagainst\b/.test(page.replace("for or against is not told", ""));
      assertEquals([name, format, said], [name, format, signed]);
    }
  }
});
