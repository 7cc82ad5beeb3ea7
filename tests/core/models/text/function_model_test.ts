import {
  Coalitions,
  explain,
  getExplainer,
  type Input,
  listExplainers,
  type Model,
  openReader,
  Random,
  reasonAgainst,
} from "@heatword/core";
import { modelFromFunction } from "@heatword/core/models";
import { plainVectors, Vocabulary, WordCnn } from "@heatword/core/word-cnn";
import "@heatword/datasets/tokenizers";
import "@heatword/explainers";
import { deleteWords } from "@heatword/eval/deletion";
import { type DocumentEvaluation, evaluateDocument } from "@heatword/eval/corpus";
import { explainDocument, Explanations } from "@heatword/eval/explanations";
import { assert, assertAlmostEquals, assertEquals, assertRejects } from "@std/assert";

const classes = ["positive", "negative"];

/** The texts that a function model is asked for, batch by batch. */
async function spied(
  options: Partial<Parameters<typeof modelFromFunction>[0]> = {},
  score = (text: string) => [text.length, 1],
) {
  const batches: string[][] = [];
  const model = await modelFromFunction({
    classes,
    outputs: "logits",
    predict: (texts) => {
      batches.push([...texts]);
      return Promise.resolve(texts.map(score));
    },
    ...options,
  });
  return { model, batches };
}

/** A word-CNN that reads texts by the words of Unicode. */
async function tinyWordCnn(): Promise<WordCnn> {
  const words = "shuttle orbit moon launch bike engine road a the".split(" ");
  const random = new Random(3);
  const [dimensions, filters] = [5, 8];
  const draw = (count: number, scale: number) =>
    Float64Array.from({ length: count }, () => random.normal() * scale);
  return new WordCnn({
    classes: ["rec", "med", "sci"],
    vocabulary: new Vocabulary(words),
    vectors: plainVectors(draw(words.length * dimensions, 1), dimensions),
    convolutionWeights: draw(2 * dimensions * filters, 0.5),
    convolutionBias: draw(filters, 0.1),
    denseWeights: draw(filters * 3, 0.5),
    denseBias: draw(3, 0.1),
    reader: await openReader({ tokenizer: "unicode", options: {} }),
  });
}

Deno.test("a function that calls a word-CNN is explained as the word-CNN itself", async (t) => {
  const cnn = await tinyWordCnn();
  // An unknown word is the zero vector to a word-CNN, and so is a deleted one.
  const model = await modelFromFunction({
    classes: cnn.classes,
    predict: (texts) => texts.map((text) => cnn.scores(cnn.encode(cnn.read(text)))),
    outputs: "logits",
    deletion: { replace: "unknown" },
    batchSize: 7,
  });
  // Explainers try no words that the word-CNN does not know, but all of a function.
  const text = "the shuttle: a moon orbit; the bike engine (a road) the launch!";
  const [own, other] = [cnn.encode(cnn.read(text)), model.encode(model.read(text))];
  const able = listExplainers().filter((explainer) =>
    reasonAgainst(explainer, model as Model) === undefined
  );
  assertEquals(
    able.map(({ name }) => name).toSorted(),
    ["kernel-shap", "lime", "occlusion", "random", "sampled-shapley"],
  );
  for (const { name } of able) {
    await t.step(name, async () => {
      for (const target of [0, { of: 2, against: 1 }] as const) {
        const expected = await explain(name, cnn, own, target);
        const found = await explain(name, model as Model, other, target);
        assertEquals(found.words.length, expected.words.length);
        assertAlmostEquals(found.score, expected.score, 1e-6);
        found.words.forEach((value, i) => assertAlmostEquals(value, expected.words[i]!, 1e-6));
      }
    });
  }
  await t.step("word deletion", async () => {
    const outcome = (of: Model, input: Input) =>
      deleteWords(
        new Explanations(of, input, 0),
        input.length,
        1,
        ["occlusion", "lime"],
        new Random(0),
        { deletions: 6, runs: 2 },
      );
    const { changes, ...found } = await outcome(model as Model, other);
    const { changes: expected, ...same } = await outcome(cnn as Model, own);
    assertEquals(found, same);
    assertEquals(changes!.length, expected!.length);
    changes!.forEach((change, i) => assertAlmostEquals(change, expected![i]!, 1e-6));
  });
  await t.step("the evaluation of a document", async () => {
    const plan = {
      explainers: able.map(({ name }) => name),
      seed: 3,
      deletion: { minLength: 3, deletions: 5, runs: 3 },
    };
    const [expected, found] = await Promise.all(
      [cnn as Model, model as Model].map((of) =>
        evaluateDocument(of, { document: of.read(text), label: 2 }, 1, plan)
      ),
    ) as [DocumentEvaluation, DocumentEvaluation];
    assertEquals(
      [found.prediction, found.words, found.flags],
      [expected.prediction, expected.words, expected.flags],
    );
    found.scores.forEach((score, c) => assertAlmostEquals(score, expected.scores[c]!, 1e-6));
    found.residuals.forEach((residual, e) => {
      if (Number.isNaN(expected.residuals[e])) return assert(Number.isNaN(residual));
      assertAlmostEquals(residual, expected.residuals[e]!, 1e-6);
    });
    // Some words decide, else nothing would be compared.
    assert(new Set(found.flags).size > 1);
  });
});

Deno.test("words are deleted from the text itself", async () => {
  const cases: [text: string, gone: number[], removed: string, masked: string][] = [
    ["a good film", [1], "a film", "a _ film"],
    ["a good film", [0], "good film", "_ good film"],
    ["a good film", [2], "a good", "a good _"],
    ["a good film", [0, 1, 2], "", "_ _ _"],
    ["Well, (very) good!", [1], "Well, () good!", "Well, (_) good!"],
    ["two\n\nparts  here", [1], "two\n\nhere", "two\n\n_  here"],
    ["  blanks around  ", [0], "  around  ", "  _ around  "],
    ["a b c d", [1, 2], "a d", "a _ _ d"],
    ["don't 👍🏽 stop", [1], "don't stop", "don't _ stop"],
  ];
  for (const [deletion, column] of [["remove", 2], [{ replace: "_" }, 3]] as const) {
    for (const given of cases) {
      const [text, gone] = given;
      const { model, batches } = await spied({ deletion });
      const input = model.encode(model.read(text));
      await model.scores(input, Coalitions.without(input.length, [gone, []]));
      assertEquals(batches.flat(), [given[column], text]);
      await model.scores(model.withoutWords(input, gone));
      assertEquals(batches.length, 1, "what was scored is remembered");
    }
  }
});

Deno.test("no text is scored twice in one explanation, and batches are full", async (t) => {
  const text = "one two three four five six seven eight nine ten";
  for (const name of ["occlusion", "lime", "kernel-shap", "sampled-shapley"]) {
    await t.step(name, async () => {
      const { model, batches } = await spied({ batchSize: 100 });
      await explain(name, model as Model, model.encode(model.read(text)), 0);
      const texts = batches.flat();
      assertEquals(new Set(texts).size, texts.length);
      assert(batches.every((batch) => batch.length <= 100));
      // Ten words have 1,024 subsets.
      assert(texts.length <= 1024);
    });
  }
});

Deno.test("what is asked for together shares batches", async () => {
  const { model, batches } = await spied({ batchSize: 4 });
  const inputs = ["a b", "c d", "a b", "e f", "g h"].map((text) => model.encode(model.read(text)));
  const scores = await Promise.all(inputs.map((input) => model.scores(input)));
  assertEquals(batches, [["a b", "c d", "e f", "g h"]]);
  assertEquals(scores.map((row) => [...row]), inputs.map(() => [3, 1]));
});

Deno.test("documents that are explained at once share full batches, and find what each finds alone", async () => {
  const texts = Array.from({ length: 9 }, (_, i) => `${"ab".repeat(i + 1)} cd efg hijk lmnop ${i}`);
  const explainers = ["occlusion", "lime"].map((name) => ({
    explainer: getExplainer(name),
    options: name === "lime" ? { samples: 40 } : {},
  }));
  const request = { explainers, targets: [] };
  const run = async (model: Model, text: string) =>
    await explainDocument(model, model.read(text), request);
  const alone = await spied({ batchSize: 16 });
  const expected: unknown[] = [];
  for (const text of texts) expected.push(await run(alone.model as Model, text));
  const together = await spied({ batchSize: 16 });
  const found = await Promise.all(texts.map((text) => run(together.model as Model, text)));
  assertEquals(found, expected);
  const asked = together.batches.flat();
  assertEquals(asked.toSorted(), alone.batches.flat().toSorted());
  assertEquals(asked.length, new Set(asked).size);
  // The nine whole texts come first, as they tell the classes; the last may be what is left.
  const least = Math.ceil(asked.length / 16);
  assert(together.batches.length <= least + 2, `${together.batches.length} batches, not ${least}`);
  assert(alone.batches.length >= least + 9);
});

Deno.test("the document that was asked for first is done first", async () => {
  const { model, batches } = await spied({ batchSize: 2 });
  const [first, second] = ["a b c d e", "v w x y z"].map((text) => model.encode(model.read(text)));
  const without = (from: number) => Coalitions.without(5, [[from], [from + 1], [from + 2]]);
  await Promise.all([
    model.scores(first!),
    model.scores(second!, without(0)),
    model.scores(first!, without(0)),
  ]);
  assertEquals(batches, [
    ["a b c d e", "b c d e"],
    ["a c d e", "a b d e"],
    ["w x y z", "v x y z"],
    ["v w y z"],
  ]);
});

Deno.test("the memory for texts is bounded, and forgetting changes no score", async () => {
  const { model, batches } = await spied({ memory: 1000, batchSize: 3 });
  const texts = Array.from({ length: 20 }, (_, i) => "x".repeat(i + 1));
  for (let round = 0; round < 2; round++) {
    for (const text of texts) {
      assertEquals([...await model.scores(model.encode(model.read(text)))], [text.length, 1]);
    }
  }
  // All are forgotten before they come again, but for the last.
  assertEquals(batches.flat(), [...texts, ...texts]);
  await model.scores(model.encode(model.read(texts.at(-1)!)));
  assertEquals(batches.flat(), [...texts, ...texts]);
});

Deno.test("probabilities become logarithms, those of zero included", async () => {
  const model = await modelFromFunction({
    classes,
    predict: (texts) => texts.map((text) => text === "sure" ? [1, 0] : [0.25, 0.75]),
  });
  const scores = async (text: string) => [...await model.scores(model.encode(model.read(text)))];
  assertEquals(await scores("well"), [Math.log(0.25), Math.log(0.75)]);
  assertEquals(await scores("sure"), [0, Math.log(1e-12)]);
});

Deno.test("a function that gives anything but its numbers is told so, with the text", async () => {
  const cases: [gives: unknown, outputs: "logits" | "probabilities", message: string][] = [
    [undefined, "logits", '"predict" of the model gave no list of scores, but undefined'],
    [[], "logits", '"predict" of the model gave 0 rows of scores for 1 texts'],
    [[1], "logits", '"predict" of the model gave no list of scores for "a film", but 1'],
    [[[1]], "logits", 'gave 1 scores for "a film", but there are 2 classes'],
    [[[1, NaN]], "logits", 'gave NaN for class "negative" of "a film", not a finite number'],
    [[[1, "2"]], "logits", 'gave the text "2" for class "negative" of "a film"'],
    [
      [[3, -1]],
      "probabilities",
      "3 is among them; if they are scores before softmax, give outputs",
    ],
    [[[0.3, 0.2]], "probabilities", 'for "a film": they sum up to 0.5; if'],
  ];
  for (const [gives, outputs, message] of cases) {
    const model = await modelFromFunction({ classes, outputs, predict: () => gives as number[][] });
    const input = model.encode(model.read("a film"));
    await assertRejects(async () => await model.scores(input), TypeError, message);
  }
  const failing = await modelFromFunction({
    classes,
    predict: () => Promise.reject(new Error("no luck today")),
  });
  await assertRejects(
    async () => await failing.scores(failing.encode(failing.read("a"))),
    Error,
    "no luck today",
  );
});

Deno.test("a malformed definition is refused", async () => {
  const predict = () => [];
  const cases: [definition: Record<string, unknown>, message: string][] = [
    [{ classes, predict: 1 }, '"predict" must be a function'],
    [{ classes: [], predict }, '"classes" must be a list of names'],
    [
      { classes, predict, output: "logits" },
      'Unknown field of a function model "output": did you mean "outputs"?',
    ],
    [
      { classes, predict, outputs: "scores" },
      '"outputs" must be "probabilities" or "logits", not "scores"',
    ],
    [
      { classes, predict, deletion: "mask" },
      '"deletion" must be "remove" or { replace: "a text" }, not "mask"',
    ],
    [{ classes, predict, batchSize: 0 }, '"batchSize" must be a positive integer, not 0'],
    [{ classes, predict, tokenizer: 3 }, '"tokenizer" must be a name or a function'],
    [{ classes, predict, tokenizer: { tokenizer: "unicode", options: { loud: 1 } } }, "loud"],
  ];
  for (const [definition, message] of cases) {
    await assertRejects(
      () => modelFromFunction(definition as unknown as Parameters<typeof modelFromFunction>[0]),
      Error,
      message,
    );
  }
});

Deno.test("a function model is read by the tokenizer that it names", async () => {
  const words = async (tokenizer: Parameters<typeof modelFromFunction>[0]["tokenizer"]) => {
    const { model } = await spied(tokenizer === undefined ? {} : { tokenizer });
    return model.read("It's GOOD, is it?").tokens.map(({ text }) => text);
  };
  assertEquals(await words(undefined), ["It's", "GOOD", "is", "it"]);
  assertEquals(await words("whitespace"), ["It's", "GOOD,", "is", "it?"]);
  assertEquals(
    await words({ tokenizer: "unicode", options: { lower: true } }),
    ["it's", "good", "is", "it"],
  );
  assertEquals(await words((text) => ({ tokens: [{ text, start: 0, end: text.length }] })), [
    "It's GOOD, is it?",
  ]);
  const { model } = await spied({ maxWords: 2 });
  assertEquals(model.read("a b c d").tokens.map(({ text }) => text), ["a", "b"]);
});

Deno.test("close() ends what a function holds", async () => {
  let closed = 0;
  const { model } = await spied({ close: () => void closed++ });
  await model.close?.();
  assertEquals(closed, 1);
});
