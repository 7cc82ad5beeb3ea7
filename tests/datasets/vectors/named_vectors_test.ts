import { lowerCaseWords, NamedVectors, wantedForms } from "@heatword/datasets/vectors";
import { assertEquals, assertThrows } from "@std/assert";

Deno.test("NamedVectors takes the exact form of a word, else its lower case", () => {
  const vectors = new NamedVectors(["NASA", "nasa", "moon", "Mars"], new Float32Array(8), 2);
  assertEquals(
    ["NASA", "Nasa", "nasa", "MOON", "moon", "Mars", "mars", "", "__proto__"].map((w) =>
      vectors.indexOf(w)
    ),
    [0, 1, 1, 2, 2, 3, -1, -1, -1],
  );
  assertEquals(vectors.size, 4);
  assertEquals(vectors.get("mars"), undefined);
});

Deno.test("NamedVectors gives views of its matrix", () => {
  const vectors = new NamedVectors(["a", "b"], new Float32Array([1, 2, 3, 4]), 2);
  assertEquals(vectors.get("b"), new Float32Array([3, 4]));
  vectors.get("b")![0] = 9;
  assertEquals(vectors.matrix[2], 9);
});

Deno.test("NamedVectors refuses sizes that do not fit", () => {
  const make = (words: string[], numbers: number, dimensions: number) => () =>
    new NamedVectors(words, new Float32Array(numbers), dimensions);
  assertThrows(make(["a"], 3, 2), RangeError, "1 word vectors of dimension 2 of 3 numbers");
  assertThrows(make(["a"], 0, 0), RangeError, "dimension 0");
  assertThrows(make(["a"], 1, 0.5), RangeError, "dimension 0.5");
  assertThrows(make(["a", "b", "a"], 3, 1), RangeError, 'the word "a" is there twice');
  assertEquals(make([], 0, 2)().size, 0);
});

Deno.test("wantedForms() and lowerCaseWords() give the words that are looked up and trained", () => {
  const token = (text: string) => ({ text, start: 0, end: text.length });
  const documents = [{ text: "", tokens: ["Go", "go", "NASA"].map(token) }, {
    text: "",
    tokens: [],
  }];
  assertEquals(wantedForms(documents), new Set(["Go", "go", "NASA", "nasa"]));
  assertEquals(lowerCaseWords(documents), [["go", "go", "nasa"], []]);
});
