import { assertEquals } from "@std/assert";
import { modelNames } from "../../../apps/serve/_model_names.ts";
import { fittingQuestion, fittingUnit } from "../../../apps/serve/page/questions.ts";
import { testPermitted } from "../../_skip.ts";

testPermitted("read")("models are named by their folders, as far up as tells them apart", () => {
  const cases: [specs: string[], names: string[]][] = [
    [["/m/june"], ["june"]],
    [["/m/june/", "/m/may"], ["june", "may"]],
    [["/june/model", "/may/model"], ["june/model", "may/model"]],
    [["./a/mine.ts", "file:///b/mine.ts"], ["a/mine.ts", "b/mine.ts"]],
    // An address and a command may hold what is nobody's business.
    [["https://u:secret@x.example/?key=1", "/m/june"], ["server", "june"]],
    [["http://a.example/", "http://b.example/"], ["server 1", "server 2"]],
    [["command: sh 'secret'", "command: sh"], ["command 1", "command 2"]],
    [["gopher://x/secret", "/m/june"], ["gopher", "june"]],
    [["/m/server", "http://a.example/"], ["m/server", "server"]],
  ];
  for (const [specs, names] of cases) {
    assertEquals(modelNames(specs), names);
  }
});

const info = {
  classes: ["a", "b"],
  explainers: ["occlusion", "sa"].map((name) => ({
    name,
    description: "",
    citation: "",
    tags: { needs: "scores", signed: true, conserves: false, stochastic: false } as const,
    options: {},
  })),
  usual: ["occlusion", "lime"] as const,
};

Deno.test("fittingQuestion() keeps of a question what another model can be asked", () => {
  const asked = (explainer: string, target: string) => {
    const fitting = fittingQuestion({ explainer, target, options: { epsilon: 1 } }, info);
    return [fitting.explainer, fitting.target, fitting.options];
  };
  assertEquals(asked("sa", "b"), ["sa", "b", { epsilon: 1 }]);
  assertEquals(asked("lrp", "b-vs-runner-up"), ["occlusion", "b-vs-runner-up", {}]);
  assertEquals(asked("lrp", "sci.space"), ["occlusion", "predicted", {}]);
  assertEquals(asked("sa", "a-vs-sci.space"), ["sa", "predicted", { epsilon: 1 }]);
});

Deno.test("fittingUnit() takes the next larger unit that a model's words can have", () => {
  const [words, characters] = [{ readsCharacters: false }, { readsCharacters: true }];
  assertEquals(
    (["token", "word", "phrase", "sentence", "paragraph"] as const)
      .map((unit) => [fittingUnit(unit, words), fittingUnit(unit, characters)]),
    [
      ["token", "token"],
      ["token", "word"],
      ["phrase", "sentence"],
      ["sentence", "sentence"],
      ["paragraph", "paragraph"],
    ],
  );
});
