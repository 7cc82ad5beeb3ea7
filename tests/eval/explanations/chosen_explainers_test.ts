import type { LayeredModel, Model } from "@heatword/core";
import "@heatword/explainers";
import { chosenExplainers } from "@heatword/eval/explanations";
import { miniModel } from "@heatword/explainers/check";
import { assertEquals, assertThrows } from "@std/assert";

const layered: LayeredModel = miniModel();
const { layers: _, layerInput: __, ...differentiable } = layered;
const { gradient: ___, withVectors: ____, ...scoring } = differentiable;

function chosen(model: unknown, named: readonly string[] | undefined, usual = ["lrp"]) {
  const said: string[] = [];
  const explainers = chosenExplainers(named, usual, model as Model, (line) => said.push(line));
  return { names: explainers.map(({ name }) => name), said };
}

Deno.test("a model with layers is explained by the usual explainers, and nothing is said", () => {
  assertEquals(chosen(layered, undefined), { names: ["lrp"], said: [] });
  assertEquals(chosen(layered, undefined, ["lrp", "sa"]), { names: ["lrp", "sa"], said: [] });
});

Deno.test("a model without layers is explained by occlusion, and that is told", () => {
  assertEquals(chosen(scoring, undefined), {
    names: ["occlusion"],
    said: ["the model shows no layers: it is explained by occlusion instead of lrp"],
  });
  assertEquals(chosen({ ...scoring, limitation: "it is remote" }, undefined, ["lrp", "sa"]), {
    names: ["occlusion"],
    said: [
      "the model shows no layers (it is remote): it is explained by occlusion instead of lrp,sa",
    ],
  });
});

Deno.test("those of the usual explainers that a model is made for stay", () => {
  assertEquals(chosen(differentiable, undefined, ["lrp", "sa"]), {
    names: ["sa"],
    said: ["the model shows no layers: it is explained by sa instead of lrp,sa"],
  });
});

Deno.test("an explainer that was named is taken, or refused with what works instead", () => {
  assertEquals(chosen(scoring, ["lime", "random"]), { names: ["lime", "random"], said: [] });
  assertThrows(
    () => chosen(scoring, ["occlusion", "lrp"]),
    TypeError,
    'Explainer "lrp" needs layers, which this model lacks; explainers that work with it: ' +
      "occlusion, lime, kernel-shap, sampled-shapley, random",
  );
  assertThrows(
    () => chosen({ ...differentiable, limitation: "it is a graph" }, ["lrp"]),
    TypeError,
    "which this model lacks: it is a graph; explainers that work with it: sa, gradient-input",
  );
  assertThrows(() => chosen(layered, ["lpr"]), RangeError, 'did you mean "lrp"');
});
