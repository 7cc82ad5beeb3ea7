import { explain, listExplainers, targetScore } from "@heatword/core";
import "@heatword/explainers";
import { miniModel } from "@heatword/explainers/check";
import { assertAlmostEquals, assertRejects } from "@std/assert";

const model = miniModel({ classes: 4 });
const input = model.encode({
  text: "",
  tokens: "why this and not that at all".split(" ").map((text) => ({ text, start: 0, end: 0 })),
});

for (const { name, tags } of listExplainers()) {
  Deno.test(`${name} explains why one class and not another`, async () => {
    const contrast = await explain(name, model, input, { of: 3, against: 1 });
    const expected = targetScore({ of: 3, against: 1 }, model.scores(input));
    assertAlmostEquals(contrast.score, expected, 1e-9);
    if (tags.signed) {
      // All signed methods here are linear in the scores.
      const [one, other] = await Promise.all(
        [3, 1].map(async (target) => (await explain(name, model, input, target)).words),
      );
      contrast.words.forEach((value, t) => assertAlmostEquals(value, one![t]! - other![t]!, 1e-9));
    }
  });

  Deno.test(`${name} refuses a class that is not there`, async () => {
    await assertRejects(
      async () => await explain(name, model, input, 4),
      RangeError,
      "there are 4 classes",
    );
    await assertRejects(
      async () => await explain(name, model, input, { of: 2, against: 2 }),
      RangeError,
      "itself",
    );
  });
}
