import {
  type Coalitions,
  defineModel,
  type Document,
  explain,
  type FloatArray,
  type Input,
  type LayeredModel,
  type MaxPooledModel,
  type Model,
  Random,
  type VectorInput,
  type Winnings,
} from "@heatword/core";
import { checkModel, modelCard } from "@heatword/core/check";
import { type FunctionModel, modelFromFunction } from "@heatword/core/models";
import { wordCnnFromWeights } from "@heatword/core/word-cnn";
import "@heatword/datasets/tokenizers";
import "@heatword/explainers";
import { miniModel } from "@heatword/explainers/check";
import { assert, assertEquals, assertMatch, assertStringIncludes } from "@std/assert";

const failuresOf = async (model: Model) =>
  (await checkModel(model)).results.filter(({ status }) => status === "failed");

interface WordsInput extends Input {
  readonly words: readonly string[];
}

/** Counts words that begin with a letter. */
const scoring = defineModel<WordsInput>({
  classes: ["t", "other"],
  encode: ({ tokens }) => ({ length: tokens.length, words: tokens.map(({ text }) => text) }),
  withoutWords: (input, positions) => {
    const gone = new Set(positions);
    return { ...input, words: input.words.map((word, t) => gone.has(t) ? "" : word) };
  },
  score: ({ words }) => {
    const count = words.filter((word) => /^t/i.test(word)).length;
    return Float64Array.of(count, words.filter(Boolean).length - count + 0.5);
  },
});

const later = defineModel<WordsInput>({
  classes: scoring.classes,
  encode: (document) => scoring.encode(document),
  withoutWords: (input, positions) => scoring.withoutWords(input, positions),
  score: async (input) => {
    await Promise.resolve();
    return await scoring.scores(input);
  },
});

const random = new Random(5);
const drawn = (length: number) => Float32Array.from({ length }, () => random.normal());
const fast = wordCnnFromWeights({
  convolutionWeights: drawn(2 * 4 * 3),
  convolutionBias: drawn(3),
  denseWeights: drawn(3 * 2),
  denseBias: drawn(2),
});

/** A word-CNN in float32 whose words have drawn vectors, as an object whose parts can be replaced. */
const pooled: MaxPooledModel = {
  classes: fast.classes,
  layers: fast.layers,
  filterBank: fast.filterBank,
  read: (text, about) => fast.read(text, about),
  encode({ tokens }) {
    const vectors = tokens.flatMap(({ text }) => {
      const of = new Random(text.length + 256 * text.charCodeAt(0));
      return Array.from({ length: 4 }, () => of.normal());
    });
    const padded = Float32Array.from(
      { length: 4 * Math.max(2, tokens.length) },
      (_, i) => vectors[i] ?? 0,
    );
    return fast.inputFromVectors(padded);
  },
  scores: (input, coalitions) => fast.scores(input as FastInput, coalitions),
  withoutWords: (input, positions) => fast.withoutWords(input as FastInput, positions),
  gradient: (input, weights) => fast.gradient(input as FastInput, weights),
  withVectors: (input, vectors) => fast.withVectors(input as FastInput, vectors),
  layerInput: (input) => fast.layerInput(input as FastInput),
  winnings: (input) => fast.winnings(input as FastInput),
  wordParts: (input) => fast.wordParts(input as FastInput),
};
type FastInput = Parameters<typeof fast.scores>[0];
const winning = (change: (winnings: Winnings) => Partial<Winnings>): Model => ({
  ...pooled,
  winnings: (input: VectorInput) => {
    const winnings = pooled.winnings(input);
    const { scores, preActivations, starts, parts } = winnings;
    return {
      ...{ scores, preActivations, starts, parts },
      pullBack: (coefficients: FloatArray) => winnings.pullBack(coefficients),
      ...change(winnings),
    };
  },
} as MaxPooledModel as Model);

for (
  const [name, model] of Object.entries({
    "counts words": scoring,
    "answers later": later,
    "is made of layers": miniModel(),
    "tells what its filters won on": pooled,
  })
) {
  Deno.test(`checkModel() finds nothing wrong with one that ${name}`, async () => {
    assertEquals(await failuresOf(model as Model), []);
  });
}

const mini = miniModel();
/** A model with some parts replaced. */
const but = <M extends Model>(model: M, parts: Partial<M>): Model => ({ ...model, ...parts });
const layered = (parts: Partial<LayeredModel>) => but<LayeredModel>(mini, parts);
const counting = (parts: Partial<Model<WordsInput>>) => but(scoring as Model, parts as Model);
const scoresOf = (input: Input, coalitions?: Coalitions) =>
  scoring.scores(input as WordsInput, coalitions) as FloatArray;
const read = (text: string): Document => scoring.read(text);

let calls = 0;
const kept = Float64Array.of(0, 0);

/** For each check models that break it, with what is said of them. */
const broken: Record<string, [model: Model, said: RegExp][]> = {
  "is well formed": [
    [counting({ classes: [] }), /"classes" must be a list of names/],
    [counting({ scores: undefined as never }), /"scores" must be a function/],
  ],
  "has class names that people can read and tell apart": [
    [counting({ classes: ["t", " "] }), /the class " " is blank/],
    [counting({ classes: ["t", "a\u0007"] }), /the class "a\\u0007" has characters none can see/],
    [
      counting({ classes: ["caf\u00e9", "cafe\u0301 "] }),
      /the classes "café" and .* look the same/,
    ],
  ],
  "reads any text into words in their places, and says what it does not see": [
    [
      counting({
        read: (text) => ({ ...read(text), unseen: [], tokens: read(text).tokens.slice(1) }),
      }),
      /"The" is neither a word nor unseen, in a text that is plain/,
    ],
    [
      counting({ read: (text) => read(text.toLowerCase()) }),
      /"text" is not the text that was read/,
    ],
    [counting({ read: (text) => ({ ...read(text), truncated: 3 }) }), /"truncated" is 3/],
  ],
  "keeps the name and the class of a text": [
    [counting({ read: (text, about) => scoring.read(text, { id: about?.label! }) }), /"id" is t,/],
    [counting({ read: (text, about) => scoring.read(text, { id: about?.id! }) }), /"label" is/],
  ],
  "gives each word a position that can be deleted": [[
    counting({
      encode: ({ tokens }) => ({
        length: new Set(tokens.map(({ text }) => text)).size,
        words: tokens.map(({ text }) => text),
      }),
    }),
    /"length" is 15 for 18 words, for a text that is plain/,
  ]],
  "takes a long text": [
    [counting({ maxWords: 40 }), /it reads 1000 words, but "maxWords" is 40/],
    [
      counting({
        scores: (input, coalitions) => {
          if (input.length > 512) throw new RangeError("index out of range");
          return scoresOf(input, coalitions);
        },
      }),
      /index out of range, for a text of 1000 words/,
    ],
  ],
  "gives a finite score for each class, of any text": [
    [
      // The mean of no word.
      counting({
        scores: (input, coalitions) =>
          scoresOf(input, coalitions).map((score) => score / input.length),
      }),
      /the score for class "t" is NaN, for a text of no word/,
    ],
    [counting({ scores: () => Float64Array.of(1) }), /there are 1 scores for 2 classes/],
    [counting({ scores: () => [1, 2] as never }), /not a Float32Array or Float64Array/],
    [
      counting({
        encode: (document) => {
          if (document.tokens.length === 0) throw new TypeError("no word to encode");
          return scoring.encode(document);
        },
      }),
      /no word to encode, for a text of no word/,
    ],
  ],
  "gives the same text the same scores again": [[
    counting({
      scores: (input, coalitions) =>
        scoresOf(input, coalitions).map((score) => score + 1e-12 * calls++),
    }),
    /gets other scores the second time/,
  ]],
  "scores texts that are asked for together as it scores each alone": [[
    counting({
      // Two that wait at once get each other's words.
      scores: async (input, coalitions) => {
        calls += 1000;
        const mine = calls;
        await Promise.resolve();
        return scoresOf(input, coalitions).map((score) => score + calls - mine);
      },
    }),
    /scores together with others and alone differ/,
  ]],
  "gives scores away, and keeps none of them": [[
    counting({
      scores: (input, coalitions) => {
        if (coalitions) return scoresOf(input, coalitions);
        // Filled once, and then handed out again.
        if (kept[0] === 0 && kept[1] === 0) kept.set(scoresOf(input));
        return kept;
      },
    }),
    /is NaN|writing into its scores changes later ones/,
  ]],
  "prepares for texts without changing their scores": [[
    counting({
      prepare: (inputs) => {
        for (const input of inputs) (input.words as string[]).fill("t");
      },
    }),
    /"prepare" changes the scores/,
  ]],
  "deletes nothing where nothing is to be deleted": [
    [
      counting({
        withoutWords: (input, positions) => scoring.withoutWords(input, [0, ...positions]),
      }),
      /deleting no word changes the scores/,
    ],
    [
      counting({
        scores: (input, coalitions) =>
          scoresOf(input, coalitions).map((score) => coalitions ? score + 1 : score),
      }),
      /the coalition of all words gets other scores/,
    ],
  ],
  "keeps every position when words are deleted": [[
    counting({
      withoutWords: (input, positions) => {
        const gone = new Set(positions);
        const words = input.words.filter((_, t) => !gone.has(t));
        return { length: words.length, words };
      },
    }),
    /a word deleted, "length" is 17, not 18/,
  ]],
  "leaves the input as it was when words are deleted": [[
    counting({
      withoutWords: (input, positions) => {
        for (const t of positions) (input.words as string[])[t] = "";
        return input;
      },
    }),
    /scores of the whole text change after deleting words/,
  ]],
  "deletes words together as one after the other": [[
    counting({
      // Deletes from the text as it was read, whatever is deleted already.
      encode: (document) => {
        const input = scoring.encode(document);
        return { ...input, whole: input } as WordsInput;
      },
      withoutWords: (input, positions) => {
        const { whole } = input as WordsInput & { whole: WordsInput };
        return { ...scoring.withoutWords(whole, positions), whole } as WordsInput;
      },
    }),
    /two words deleted in two steps/,
  ], [
    counting({
      // Deletes what is deleted already from what is left.
      withoutWords: (input, positions) => {
        const words = [...input.words];
        for (const t of positions) words[t] = words[t] === "" ? "t" : "";
        return { ...input, words };
      },
    }),
    /words deleted twice give other scores/,
  ]],
  "scores coalitions as it scores texts with words deleted": [[
    counting({
      scores: (input, coalitions) =>
        scoresOf(input, coalitions).map((score, i) => coalitions && i >= 2 ? score + 0.01 : score),
    }),
    /scores of coalitions and of texts without words differ/,
  ]],
  "scores each coalition alone as it scores it among others": [[
    counting({
      scores: (input, coalitions) =>
        scoresOf(input, coalitions).map((score) => coalitions?.size === 1 ? 1.01 * score : score),
    }),
    /scores of coalitions together and alone differ/,
  ]],
  "deletes a word by the zero vector": [[
    layered({
      withoutWords: (input, positions) => {
        const vectors = input.vectors.slice();
        for (const t of positions) vectors.fill(0.1, t * 5, t * 5 + 5);
        return { ...input, vectors };
      },
    }),
    /with word 1 deleted/,
  ]],
  "moves to the point that it is asked to": [[
    layered({ withVectors: (input) => ({ ...input, vectors: input.vectors.slice().fill(1) }) }),
    /"withVectors" gives other vectors/,
  ]],
  "has the gradients that differences of scores show": [
    [
      layered({ gradient: (input, weights) => mini.gradient(input, weights).map((x) => 1.02 * x) }),
      /by the gradient word \d+ has the slope/,
    ],
    [
      layered({ gradient: (input) => mini.gradient(input, Float64Array.of(1, 0, 0)) }),
      /by the gradient word \d+ has the slope/,
    ],
    [layered({ gradient: () => new Float64Array(3) }), /a gradient has 3 numbers/],
  ],
  "gives several gradients as it gives each": [[
    layered({
      scoresAndGradients: (input, weights) => ({
        scores: mini.scores(input),
        gradients: weights.map(() => mini.gradient(input, weights[0]!)),
      }),
    }),
    /gradients together and alone differ/,
  ]],
  "shows layers that give its scores": [
    [layered({ layers: mini.layers.slice(0, 3) }), /what the layers give is off the scores/],
    [
      layered({
        activations: (input) =>
          [mini.layerInput(input)].map((tensor) => ({
            ...tensor,
            data: tensor.data.map((x) => x + 1),
          })),
      }),
      /"activations" is off what enters layer 0/,
    ],
  ],
  "shows layers that give its gradients": [[
    layered({
      layers: mini.layers.map((layer, i) =>
        i === 0
          ? {
            ...layer,
            forward: (input) => layer.forward(input),
            backward: (input, gradient) => {
              const { shape, data } = layer.backward(input, gradient);
              return { shape, data: data.map((x) => 2 * x) };
            },
          } as typeof layer
          : layer
      ),
    }),
    /gradients of the layers are off its own/,
  ]],
  "says what its filters won on, in agreement with its scores": [
    [winning(({ scores }) => ({ scores: scores.map((x) => x + 1) })), /its scores differ/],
    [
      winning(({ starts }) => ({ starts: starts.map((t) => t + 99) })),
      /filter 0 won on word \d+, out/,
    ],
    [
      winning(({ parts }) => ({ parts: [...parts].reverse().slice(1) })),
      /pre-activations of filters and their parts differ/,
    ],
    [
      {
        ...pooled,
        wordParts: (input: VectorInput) => [...pooled.wordParts(input)].reverse(),
      } as MaxPooledModel as Model,
      /"wordParts" gives other windows the largest sum/,
    ],
  ],
  "pulls back through the windows that won as its gradients do": [[
    winning((winnings) => ({
      pullBack: (coefficients) => winnings.pullBack(coefficients).map((x) => 1.01 * x),
    })),
    /"pullBack" is off the gradients/,
  ]],
};

for (const [name, models] of Object.entries(broken)) {
  Deno.test(`checkModel() catches one that does not: ${name}`, async () => {
    for (const [model, said] of models) {
      const failure = (await failuresOf(model)).find((result) => result.name === name);
      assert(failure, `${said} is not caught`);
      assertMatch(failure.detail!, said);
    }
  });
}

Deno.test("there is a broken model for every check", async () => {
  const { results } = await checkModel(mini);
  assertEquals(results.map(({ name }) => name), Object.keys(broken));
});

Deno.test("checks of what a model does not offer are left out, with the reason", async () => {
  const { results } = await checkModel(scoring as Model);
  const skipped = results.filter(({ status }) => status === "skipped");
  assertEquals(skipped.map(({ name, detail }) => [name, detail]), [
    ["prepares for texts without changing their scores", "it prepares for nothing"],
    ["deletes a word by the zero vector", "its words are not vectors"],
    ["moves to the point that it is asked to", "it gives no gradients"],
    ["has the gradients that differences of scores show", "it gives no gradients"],
    ["gives several gradients as it gives each", "it gives no gradients"],
    ["shows layers that give its scores", "it shows no layers"],
    ["shows layers that give its gradients", "it shows no layers"],
    [
      "says what its filters won on, in agreement with its scores",
      "it says nothing of filters",
    ],
    [
      "pulls back through the windows that won as its gradients do",
      "it says nothing of filters",
    ],
  ]);
});

/** Functions that classify texts wrongly, in ways that what is remembered of texts would hide. */
const forgetful: Record<string, [predict: FunctionModel["predict"], check: string, said: RegExp]> =
  {
    "draws its numbers": [
      (texts) => texts.map(({ length }) => [length + Math.random(), 1]),
      "gives the same text the same scores again",
      /a text that is plain gets other scores the second time/,
    ],
    "fills up texts to the longest of a batch": [
      (texts) => texts.map(() => [Math.max(...texts.map(({ length }) => length)), 1]),
      "scores texts that are asked for together as it scores each alone",
      /scores together with others and alone differ by .* for a text that is plain/,
    ],
    "adds up over a batch": [
      (texts) => texts.map(({ length }, i) => [length + i, 1]),
      "scores coalitions as it scores texts with words deleted",
      /scores of coalitions and of texts without words differ/,
    ],
    "gives a batch backwards": [
      (texts) => texts.map(({ length }) => [length, 1]).reverse(),
      "scores each coalition alone as it scores it among others",
      /scores of coalitions together and alone differ/,
    ],
  };

for (const [name, [predict, check, said]] of Object.entries(forgetful)) {
  Deno.test(`checkModel() catches a function that ${name}, whatever is remembered`, async () => {
    const model = await modelFromFunction({ classes: ["a", "b"], outputs: "logits", predict });
    const failures = await failuresOf(model as Model);
    assertMatch(failures.find((failure) => failure.name === check)?.detail ?? "none", said);
  });
}

Deno.test("checkModel() finds nothing wrong with a function that classifies texts", async () => {
  const asked: string[] = [];
  const model = await modelFromFunction({
    classes: ["a", "b"],
    predict: (texts) => {
      asked.push(...texts);
      return texts.map((text) => text.length % 2 === 0 ? [0.5, 0.5] : [0.25, 0.75]);
    },
  });
  assertEquals(await failuresOf(model as Model), []);
  // What is easily forgotten has been asked for, as it is.
  const forms = [
    /^$/,
    /\0/,
    /[\ud800-\udfff]/u,
    /\u200d/,
    /[\u0590-\u06ff]/,
    /\S{10000}/,
    /(\S+\s){999}/,
  ];
  for (const form of forms) assert(asked.some((text) => form.test(text)), String(form));
});

Deno.test("the card tells the explainers that work, and what a text costs", async () => {
  let clock = 0;
  const model = await modelFromFunction({
    classes: ["a", "b"],
    batchSize: 8,
    // A call takes 10 ms, and 2 ms for each text.
    predict: (texts) => {
      clock += 10 + 2 * texts.length;
      return texts.map(() => [0.5, 0.5]);
    },
  }) as Model;
  const report = await checkModel(model, { now: () => clock });
  assertEquals(report.cost, { single: 12, inBatch: 3.25, batch: 8, words: 50 });
  const card = modelCard("function", report);
  assertStringIncludes(
    card,
    "cost:                12 ms for a text of 50 words alone, 3.3 ms for each of 8 together\n",
  );
  assertMatch(card, /explainers: +occlusion, lime, .*; not lrp, /);
  const [, able] = /explainers: +(.*); not/.exec(card)!;
  for (const name of able!.split(", ")) {
    await explain(name, model, model.encode(model.read("a b")), 0);
  }
  assertMatch(modelCard("mini", await checkModel(mini)), /explainers: +all: lrp, /);
});

Deno.test("the card of a model tells its classes, what it gives, and the checks", async () => {
  const { classes, encode, withoutWords, scores } = scoring;
  const model = defineModel({
    ...{ classes, encode, withoutWords, scores },
    limitation: "it only counts",
    maxWords: 2000,
  }) as Model;
  const card = modelCard("counting.ts", await checkModel(model, { texts: ["to the moon"] }));
  assertStringIncludes(card, "counting.ts: conforms");
  assertMatch(card, /classes: +t, other/);
  assertMatch(card, /gives: +scores alone \(it only counts\)/);
  assertMatch(card, /most words: +2000/);
  assertMatch(card, /✓ takes a long text/);
});

Deno.test("checkModel() tries texts that are given, and takes a tolerance", async () => {
  const picky = counting({
    encode: (document) => {
      if (document.text === "abracadabra now") throw new Error("not that word");
      return scoring.encode(document);
    },
  });
  const { results } = await checkModel(picky, { texts: ["abracadabra now"] });
  assert(results.some(({ detail }) => detail === "not that word, for a text that was given (1)"));
  const rough = broken["scores each coalition alone as it scores it among others"]![0]![0];
  assert((await checkModel(rough, { tolerance: 0.1 })).passed);
});
