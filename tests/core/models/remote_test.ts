import {
  Coalitions,
  explain,
  type Input,
  isUnavailable,
  listExplainers,
  type Model,
  ModelUnavailable,
  Random,
  reasonAgainst,
} from "@heatword/core";
import { modelFromFunction } from "@heatword/core/models";
import { type Asked, fetchText, isRemote, ModelHost, remoteModel } from "@heatword/core/remote";
import "@heatword/datasets/tokenizers";
import "@heatword/explainers";
import { deleteWords } from "@heatword/eval/deletion";
import { Explanations } from "@heatword/eval/explanations";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";

const weights: Record<string, number> = { good: 2, fine: 1, bad: -3, not: -0.5 };

/** A model that is somewhere, with what it was asked, as JSON takes it there and back. */
async function pair(settings: { maxWords?: number } = {}) {
  const own = await modelFromFunction({
    classes: ["praise", "blame", "other"],
    outputs: "logits",
    predict: (texts) =>
      texts.map((text) => {
        const words = text.toLowerCase().match(/\w+/g) ?? [];
        const sum = words.reduce((sum, word) => sum + (weights[word] ?? 0), 0);
        return [sum, -sum * sum, words.length / 10];
      }),
    ...settings,
  }) as Model;
  const host = new ModelHost(own);
  const asked: { texts: string[]; scores: number } = { texts: [], scores: 0 };
  const over = async <T>(answer: (value: never) => Promise<T>, value: unknown): Promise<T> =>
    JSON.parse(JSON.stringify(await answer(JSON.parse(JSON.stringify(value)) as never)));
  const wire: Asked = {
    read: (ask) => {
      asked.texts.push(ask.text);
      return over((value) => host.read(value), ask);
    },
    scores: (ask) => {
      asked.scores++;
      return over((value) => host.scores(value), ask);
    },
  };
  const remote = remoteModel(JSON.parse(JSON.stringify(host.about)), wire) as unknown as Model;
  return { own, host, remote, asked };
}

const text = "A good film, not fine; a bad, BAD end! (so good)";

Deno.test("a model elsewhere is read and explained as it is where it is", async (t) => {
  const { own, remote } = await pair();
  assertEquals([isRemote(own), isRemote(remote)], [false, true]);
  await fetchText(own, text);
  await fetchText(remote, text);
  const about = { id: "a/1", label: "blame" };
  assertEquals(remote.read(text, about), own.read(text, about));
  const [there, here] = [remote, own].map((model) => model.encode(model.read(text))) as [
    Input,
    Input,
  ];
  const able = listExplainers().filter((one) => reasonAgainst(one, remote) === undefined);
  assertEquals(
    able.map(({ name }) => name),
    listExplainers().filter((one) => reasonAgainst(one, own) === undefined).map(({ name }) => name),
  );
  for (const { name } of able) {
    await t.step(name, async () => {
      for (const target of [0, { of: 1, against: 2 }] as const) {
        assertEquals(
          await explain(name, remote, there, target),
          await explain(name, own, here, target),
        );
      }
    });
  }
  await t.step("word deletion", async () => {
    const outcome = (model: Model, input: Input) =>
      deleteWords(new Explanations(model, input, 0), input.length, 1, ["lime"], new Random(0), {
        deletions: 4,
        runs: 2,
      });
    assertEquals(await outcome(remote, there), await outcome(own, here));
  });
  await t.step("words deleted one after the other, and in coalitions too", async () => {
    const sets = [[], [0, 3], [10], [2, 3, 4]];
    const scores = async (model: Model, input: Input) => {
      const less = model.withoutWords(model.withoutWords(input, [4]), [1, 4]);
      return [
        ...await model.scores(less),
        ...await model.scores(less, Coalitions.without(11, sets)),
      ];
    };
    assertEquals(await scores(remote, there), await scores(own, here));
  });
});

Deno.test("what a model elsewhere does not see of a text is told", async () => {
  const { own, remote } = await pair({ maxWords: 3 });
  await fetchText(remote, text);
  const document = remote.read(text);
  assertEquals(document, own.read(text));
  assertEquals([document.tokens.length, document.truncated, remote.maxWords], [3, 8, 3]);
  await fetchText(remote, "");
  assertEquals(remote.read(""), own.read(""));
});

Deno.test("a text is fetched once as long as it is kept, and before it is read", async () => {
  const { remote, asked } = await pair();
  assertThrows(() => remote.read("a"), Error, "was not fetched before it was read");
  for (let round = 0; round < 2; round++) {
    for (let i = 0; i < 64; i++) await fetchText(remote, `text ${i}`);
  }
  assertEquals(asked.texts.length, 64);
  await fetchText(remote, "one more");
  // The one that was used longest ago gave way.
  await fetchText(remote, "text 1");
  await fetchText(remote, "text 0");
  assertEquals(asked.texts.slice(64), ["one more", "text 0"]);
});

Deno.test("many deletions of a long text become several questions, in order", async () => {
  const { own, remote, asked } = await pair();
  const long = Array.from({ length: 1500 }, (_, i) => i % 3 === 0 ? "good" : "word").join(" ");
  await fetchText(remote, long);
  const sets = Array.from(
    { length: 300 },
    (_, m) => Array.from({ length: 1400 }, (_, t) => t + m % 90),
  );
  const coalitions = Coalitions.without(1500, sets);
  const found = await remote.scores(remote.encode(remote.read(long)), coalitions);
  assertEquals([...found], [...await own.scores(own.encode(own.read(long)), coalitions)]);
  // 200,000 positions each at most.
  assertEquals(asked.scores, 3);
});

Deno.test("what cannot be read or scored is refused", async () => {
  const { host } = await pair();
  const scores = (ask: unknown) => () => host.scores(ask as never);
  await assertRejects(scores({ text: "a b", deleted: [[2]] }), RangeError, "Cannot delete word 2");
  await assertRejects(
    scores({ text: "a b", deleted: [[-1]] }),
    RangeError,
    "Cannot delete word -1",
  );
  await assertRejects(
    scores({ text: "a b", deleted: [["0"]] }),
    RangeError,
    "Cannot delete word 0",
  );
  await assertRejects(scores({ text: "a b", deleted: [[0.5]] }), RangeError, "delete word 0.5");
  await assertRejects(scores({ text: "a b", deleted: [0] }), TypeError, "lists of positions");
  await assertRejects(scores({ text: 3, deleted: [] }), TypeError, '"text" takes a string');
  await assertRejects(scores({ deleted: [[]] }), TypeError, '"text" takes a string');
  const many = new Array(1025).fill([]);
  await assertRejects(scores({ text: "a", deleted: many }), RangeError, "1024 at most");
  assertThrows(() => host.read({} as never), TypeError, '"text" is not a string');
  const gone = new ModelHost(
    await modelFromFunction({
      classes: ["a", "b"],
      predict: () => Promise.reject(new ModelUnavailable("it ended")),
    }) as Model,
  );
  assert(isUnavailable(await assertRejects(() => gone.scores({ text: "a", deleted: [[]] }))));
});
