import { readVectors } from "@heatword/datasets/vectors";
import { assert, assertAlmostEquals, assertEquals } from "@std/assert";
import { dataFile, testWith } from "../../_skip.ts";

const { path, lacks } = dataFile("vectors/GoogleNews-subset-10322x300.bin.gz");

testWith(lacks, "readVectors() reads genuine GoogleNews vectors", async () => {
  const all = await readVectors(path, { dimensions: 300 });
  assertEquals(all.size, 10_322);
  const some = await readVectors(path, { wanted: new Set(["NASA", "nasa", "motorcycle", "bike"]) });
  assert(some.size >= 2 && some.size <= 4);
  for (const word of some.words) assertEquals(some.get(word), all.get(word));

  const cosine = (a: string, b: string) => {
    const [x, y] = [all.get(a)!, all.get(b)!];
    const dot = (u: Float32Array, v: Float32Array) => u.reduce((sum, n, i) => sum + n * v[i]!, 0);
    return dot(x, y) / Math.sqrt(dot(x, x) * dot(y, y));
  };
  assertAlmostEquals(cosine("motorcycle", "motorcycle"), 1, 1e-6);
  assert(cosine("motorcycle", "bike") > cosine("motorcycle", "government") + 0.3);
});
