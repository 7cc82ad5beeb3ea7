import { assertAlmostEquals } from "@std/assert";
import {
  collocationLogLikelihood,
  dunningLogLikelihood,
} from "../../../datasets/nltk/_likelihood.ts";

// Numbers of NLTK's formulas, computed by a program of its own in Python:
// of how often A, B and both stand in a text of so many words.
const counts: [a: number, b: number, both: number, total: number][] = [
  [10, 20, 8, 100],
  [5, 3, 0, 50],
  [7, 9, 2, 1000],
  [4, 30, 4, 60],
];

Deno.test("dunningLogLikelihood() weighs B's own frequency against 99 %", () => {
  // By hand: 8 ln 0.2 + 2 ln 0.8 against 8 ln 0.99 + 2 ln 0.01, times −2.
  assertAlmostEquals(dunningLogLikelihood(...counts[0]!), 8.062094686594058, 1e-12);
  // 5 ln 0.94 against 5 ln 0.01.
  assertAlmostEquals(dunningLogLikelihood(...counts[1]!), -45.43294782270003, 1e-12);
});

Deno.test("collocationLogLikelihood() weighs one frequency of B against two", () => {
  assertAlmostEquals(collocationLogLikelihood(...counts[0]!), 19.39103213591443, 1e-10);
  assertAlmostEquals(collocationLogLikelihood(...counts[2]!), 11.01450885945107, 1e-10);
  // Where B always follows A that logarithm does not exist and counts as nothing.
  assertAlmostEquals(collocationLogLikelihood(...counts[3]!), 5.831135181703104, 1e-10);
});
