import { signedOf } from "@heatword/core";
import { lrp, occlusion, random, sa, smoothgrad } from "@heatword/explainers";
import { assertEquals } from "@std/assert";

const poolings = ["sum", "squared-l2", "l2", "l1", "max-norm"];
const only = (sum: boolean) => poolings.map((name) => name === "sum" ? sum : false);

Deno.test("signedOf: a sum has a sign and a norm has none, whatever the tag says", () => {
  for (const explainer of [sa, smoothgrad, lrp]) {
    assertEquals(poolings.map((pooling) => signedOf(explainer, { pooling })), only(true));
  }
});

Deno.test("signedOf: the tag decides where pooling is not named or not an option", () => {
  assertEquals([sa, smoothgrad, random, lrp, occlusion].map((one) => signedOf(one)), [
    false,
    false,
    false,
    true,
    true,
  ]);
});

Deno.test("signedOf: an option called pooling that means something else changes nothing", () => {
  const spec = { type: "choice", default: "mean", choices: ["mean", "median"], description: "" };
  for (const signed of [true, false]) {
    const made = { tags: { ...sa.tags, signed }, options: { pooling: spec as never } };
    assertEquals(signedOf(made, { pooling: "median" }), signed);
  }
});
