import { assertAlmostEquals, assertEquals } from "@std/assert";
import {
  fullRecipe,
  fullRecipeFor,
  recipeFor,
  recurrentRecipe,
} from "../../../apps/training/recipe.ts";

/** So many documents of so many words each; what the words are makes no difference. */
const documentsOf = (count: number, length: number) =>
  Array.from({ length: count }, (_, i) => ({ id: `text ${i}`, label: 0, words: "", length }));

Deno.test("recipeFor() is the whole recipe for a corpus as large as 20Newsgroups", () => {
  assertEquals(recipeFor(documentsOf(11_314, 270)), fullRecipe);
});

Deno.test("recipeFor() passes over few documents more often, for 300 steps or 100 passes", () => {
  const epochs = (count: number) => recipeFor(documentsOf(count, 100)).hyperparameters.epochs;
  // 85 % of them are learned, 64 a step: 75 documents make one step, 76 make two.
  const expected: [documents: number, epochs: number][] = [
    [1, 100],
    [225, 100],
    [226, 75],
    [750, 30],
    [1883, 12],
    [100_000, 12],
  ];
  for (const [documents, wanted] of expected) {
    assertEquals(epochs(documents), wanted, `${documents} documents`);
  }
  assertEquals(recipeFor([]).hyperparameters.epochs, 100);
});

Deno.test("recipeFor() leaves out the fewer words the fewer there are", () => {
  const subsample = (words: number) => recipeFor(documentsOf(10, words / 10)).skipgram.subsample;
  assertAlmostEquals(subsample(100_000)!, 3e-4, 1e-12);
  assertEquals(subsample(30_000), 1e-3);
  assertEquals(subsample(1000), 1e-3);
  assertAlmostEquals(subsample(2_000_000)!, 1.5e-5, 1e-12);
  // That near to the recipe's own number nothing changes.
  assertEquals(subsample(2_800_000), undefined);
  assertEquals(subsample(10_000_000), undefined);
});

Deno.test("recipeFor() takes what was asked for as it is", () => {
  const { hyperparameters } = recipeFor(documentsOf(5, 5), { epochs: 3, filters: 16 });
  assertEquals(hyperparameters, { ...fullRecipe.hyperparameters, epochs: 3, filters: 16 });
  const guided = recipeFor(documentsOf(5, 5), { guidedDropout: 0.5 }).hyperparameters;
  assertEquals([guided.guidedDropout, guided.wordDropout], [0.5, 0.8]);
});

Deno.test("recurrentRecipe() passes over few documents more often, and leaves out fewer words of own texts", () => {
  // 85 % of them are learned, 32 a step.
  const expected: [documents: number, isOwn: boolean, epochs: number, wordDropout: number][] = [
    [11_314, false, 6, 0.7],
    [11_314, true, 6, 0.3],
    [750, true, 15, 0.3],
    [113, true, 75, 0.3],
    [20, true, 100, 0.3],
  ];
  for (const [documents, isOwn, epochs, wordDropout] of expected) {
    const recipe = recurrentRecipe(documentsOf(documents, 100), isOwn);
    assertEquals([recipe.epochs, recipe.wordDropout], [epochs, wordDropout], `${documents}`);
  }
});

Deno.test("with joined vectors the recipe has more passes", () => {
  const epochs = (vectors: string) => fullRecipeFor(vectors).hyperparameters.epochs;
  assertEquals(["skipgram", "ppmi", "./a+b.txt"].map(epochs), [12, 12, 12]);
  assertEquals(["skipgram+ppmi", "ppmi+v.txt", "skipgram+ppmi+v.bin"].map(epochs), [20, 20, 20]);
  const large = documentsOf(11_314, 270);
  assertEquals(recipeFor(large, { vectors: "skipgram+ppmi" }), fullRecipeFor("skipgram+ppmi"));
  assertEquals(recipeFor(large, { vectors: "random" }), fullRecipe);
  assertEquals(recipeFor(large, { vectors: "skipgram+ppmi", epochs: 3 }).hyperparameters.epochs, 3);
});
