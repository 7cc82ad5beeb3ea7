import type { NetworkWeights } from "@heatword/core/word-cnn";
import { assertEquals, assertRejects } from "@std/assert";
import {
  readCheckpoint,
  writeCheckpoint,
} from "../../../../core/models/word_cnn/training/_checkpoint.ts";
import { testPermitted } from "../../../_skip.ts";

const test = testPermitted("read", "write");

const shape = { dimensions: 2, filters: 3, classes: 4 };
const history = [{ epoch: 1, train: { loss: 0.5, accuracy: 0.25 } }];

/** A set whose numbers tell which array and place they belong to. */
function madeSet(first: number): NetworkWeights {
  const count = (from: number, length: number) =>
    Float32Array.from({ length }, (_, i) => first + from + i);
  return {
    convolutionWeights: count(0, 12),
    convolutionBias: count(100, 3),
    denseWeights: count(200, 12),
    denseBias: count(300, 4),
  };
}

const sets = [1000, 2000, 3000, 4000].map(madeSet);

async function withFolder(body: (path: string) => Promise<void>): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    await body(`${folder}/run.checkpoint`);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

test("readCheckpoint() gives what writeCheckpoint() got", () =>
  withFolder(async (path) => {
    await writeCheckpoint(path, { run: "a", history, sets }, shape);
    assertEquals(await readCheckpoint(path, "a", shape), { run: "a", history, sets });
    assertEquals(await readCheckpoint(path, "b", shape), undefined);
    assertEquals(await readCheckpoint(`${path}.none`, "a", shape), undefined);
  }));

test("writeCheckpoint() does not depend on the order in which a set lists its arrays", () =>
  withFolder(async (path) => {
    await writeCheckpoint(path, { run: "a", history, sets }, shape);
    const expected = await Deno.readFile(path);
    const turned = sets.map((set) =>
      Object.fromEntries(Object.entries(set).reverse()) as unknown as NetworkWeights
    );
    await writeCheckpoint(path, { run: "a", history, sets: turned }, shape);
    assertEquals(await Deno.readFile(path), expected);
    assertEquals((await readCheckpoint(path, "a", shape))?.sets, sets);
  }));

test("readCheckpoint() refuses a file of other sizes or with a changed number", () =>
  withFolder(async (path) => {
    await writeCheckpoint(path, { run: "a", history, sets }, shape);
    const wider = { ...shape, filters: 4 };
    await assertRejects(() => readCheckpoint(path, "a", wider), SyntaxError, "it is damaged");
    const narrower = { ...shape, classes: 3 };
    await assertRejects(() => readCheckpoint(path, "a", narrower), SyntaxError, "it is damaged");
    const file = await Deno.readFile(path);
    file[file.length - 1]! ^= 1;
    await Deno.writeFile(path, file);
    await assertRejects(() => readCheckpoint(path, "a", shape), SyntaxError, "it is damaged");
  }));
