import { assertEquals } from "@std/assert";
import fc from "fast-check";
import { packState, unpackState } from "../../../apps/serve/page/link.ts";
import { stepsDone } from "../../../apps/serve/page/deletion_view.ts";
import { pageUnits } from "../../../apps/serve/page/units.ts";
import { firstState, moveThroughEdit, type State, Store } from "../../../apps/serve/page/state.ts";

Deno.test("moveThroughEdit() keeps words where they are in the text", () => {
  const before = "one two three two";
  assertEquals(moveThroughEdit([4, 14], before, before), [4, 14]);
  assertEquals(moveThroughEdit([4, 14], before, `zero ${before}`), [9, 19]);
  assertEquals(moveThroughEdit([4, 14], before, "one two four three two"), [4, 19]);
  assertEquals(moveThroughEdit([4, 14], before, "one three two"), [10]);
  assertEquals(moveThroughEdit([4, 14], before, ""), []);
  assertEquals(moveThroughEdit([4], before, "one twofold three two"), []);
  assertEquals(moveThroughEdit([4], before, "one tw three two"), []);
});

Deno.test("moveThroughEdit() leads to the same words", () => {
  const words = fc.array(fc.constantFrom("a", "be", "sea", "deal"), { maxLength: 8 });
  const starts = (all: readonly string[]) =>
    all.map((_, i) => all.slice(0, i).reduce((sum, word) => sum + word.length + 1, 0));
  fc.assert(fc.property(words, words, words, words, (head, tail, cut, added) => {
    const [before, after] = [[...head, ...cut, ...tail], [...head, ...added, ...tail]];
    const now = starts(after);
    const moved = moveThroughEdit(starts(before), before.join(" "), after.join(" "));
    for (const place of moved) assertEquals(now.includes(place), true);
    assertEquals(moved, [...new Set(moved)].sort((a, b) => a - b));
    if (before.join(" ") === after.join(" ")) assertEquals(moved, now);
  }));
});

Deno.test("Store deletes, restores and keeps deleted words through an edit", () => {
  const store = new Store({
    ...firstState,
    text: "the big orbit",
    article: { corpus: "a", id: "b/1" },
  });
  let told = 0;
  store.listen(() => told++);
  store.toggle([8]);
  store.toggle([0, 4]);
  assertEquals(store.state.deleted, [0, 4, 8]);
  // Of a group, words that are there still are deleted before all come back.
  store.toggle([4]);
  store.toggle([0, 4]);
  assertEquals(store.state.deleted, [0, 4, 8]);
  store.toggle([0, 4]);
  assertEquals([store.state.deleted, store.state.article?.id], [[8], "b/1"]);
  store.edit("the very big orbit");
  assertEquals([store.state.deleted, store.state.article], [[13], undefined]);
  store.ask(1, { explainer: "lime" });
  assertEquals(store.state.questions.map(({ explainer }) => explainer), ["lrp", "lime"]);
  assertEquals(told, 7);
});

const questions = fc.record({
  explainer: fc.constantFrom("lrp", "sa", "integrated-gradients"),
  target: fc.constantFrom("predicted", "sci.space", "runner-up-vs-sci.med"),
  options: fc.dictionary(fc.constantFrom("epsilon", "bias"), fc.constantFrom("0.1", "absorb")),
});

Deno.test("a link brings back the state", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.record({
        text: fc.string({ unit: "grapheme", maxLength: 200 }),
        deleted: fc.uniqueArray(fc.nat(1e6)).map((all) => all.sort((a, b) => a - b)),
        questions: fc.tuple(questions, questions),
        compare: fc.constant(true),
        other: fc.oneof(
          fc.constant(""),
          fc.string({ unit: "grapheme", minLength: 1, maxLength: 9 }),
        ),
        direction: fc.constantFrom<1 | -1>(1, -1),
        unit: fc.constantFrom(...pageUnits),
        rootScale: fc.boolean(),
      }),
      async (made) => {
        // Null prototypes and lone surrogates do not come from a text field.
        const state: State = {
          ...structuredClone(made) as State,
          text: made.text.toWellFormed(),
          other: made.other.toWellFormed(),
        };
        assertEquals((await unpackState(`#${await packState(state)}`))?.state, state);
      },
    ),
    { numRuns: 50 },
  );
});

Deno.test("a link tells what predicted and runner-up stand for, of each model", async () => {
  const slid: State = { ...firstState, compare: true, deleted: [3], text: "a moon" };
  for (const meant of [[["a", "b"]], [["a"], ["c", "d"]]]) {
    const packed = await packState({ ...slid, other: "may", meant });
    assertEquals((await unpackState(packed))?.state.meant, meant);
  }
  // What was written before there were two models.
  const old = 'left=lrp+predicted&right=sa+runner-up&deleted=3&meant=["a","b"]';
  const { state } = (await unpackState(old))!;
  assertEquals([state.compare, state.other, state.meant], [true, "", [["a", "b"]]]);
  // A heatmap that is not shown is of no model.
  assertEquals((await unpackState("left=lrp+predicted&model=may"))?.state.other, "");
});

Deno.test("a link names an article instead of its text", async () => {
  const article = { corpus: "test", id: "sci.space/61393", label: "sci.space" };
  const packed = await packState({ ...firstState, text: "long", article });
  const linked = await unpackState(packed);
  assertEquals([linked?.article, linked?.state.text], ["test/sci.space/61393", ""]);
});

Deno.test("a damaged link is read as far as it goes", async () => {
  assertEquals(await unpackState(""), undefined);
  assertEquals(await unpackState("#chapter-2"), undefined);
  const linked = await unpackState("#left=sa+sci.med+x&text=%%%&deleted=zz.-.1e9.__proto__.5");
  assertEquals(linked?.state.questions[0], { explainer: "sa", target: "sci.med", options: {} });
  assertEquals(linked?.state.text, "");
  const numbers = linked?.state.deleted.every((place) => Number.isSafeInteger(place));
  assertEquals(numbers, true);
});

Deno.test("stepsDone() tells how far the slider is", () => {
  assertEquals(stepsDone([[5], [0], [9]], new Set([0, 5])), 2);
  assertEquals(stepsDone([[5], [0], [9]], new Set([0, 9])), 0);
  assertEquals(stepsDone([[5, 7], [0]], new Set([5])), 0);
  assertEquals(stepsDone([[5, 7], [0]], new Set([5, 7])), 1);
  assertEquals(stepsDone([], new Set([1])), 0);
});
