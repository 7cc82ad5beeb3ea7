import { assertEquals, assertMatch, assertRejects } from "@std/assert";
import { gzipSync } from "node:zlib";
import { evaluate } from "../../apps/evaluate/_run.ts";
import type { Settings as EvaluateSettings } from "../../apps/evaluate/_settings.ts";
import { train } from "../../apps/train/_run.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "write", "env");

/** Rows without a header line, in two files of two kinds, and the numbers of every fourth row. */
async function writeData(at: (name: string) => string) {
  const words = ["red green leaf seed root".split(" "), "gear oil tyre wheel road".split(" ")];
  const rows = Array.from({ length: 48 }, (_, i) => {
    const own = words[i % 2]!;
    // Each text is another one, and none is short.
    const text = Array.from({ length: 8 }, (_, t) => own[(i + t * (1 + i % 5)) % 5]!).join(" ");
    return `${i % 2 ? "cars" : "plants"};'${text}; it''s no ${i}'\n`;
  });
  await Deno.writeTextFile(at("a.csv"), rows.slice(0, 20).join(""));
  await Deno.writeFile(at("b.csv.gz"), gzipSync(rows.slice(20).join("")));
  const numbers = rows.keys().filter((i) => i % 8 < 2).map((i) => `${i}\n`);
  await Deno.writeTextFile(at("test-rows.txt"), [...numbers].join(""));
}

test("train and evaluate agree on what was learned from, whatever the tables and their split", async () => {
  const folder = await Deno.makeTempDir();
  const at = (name: string) => `${folder}/${name}`;
  try {
    await writeData(at);
    const data = [at("a.csv"), at("b.csv.gz")];
    const form = { header: false, quote: "'", text: "2", label: "1" };
    const said: string[] = [];
    const trained = await train(
      {
        data,
        columns: { ...form, split: at("test-rows.txt") },
        out: at("model"),
        cache: at("cache"),
        architecture: "word-cnn",
        plugins: [],
        vectors: "skipgram+ppmi",
        epochs: 2,
        filters: 4,
        seed: 0,
        workers: 1,
      },
      () => {},
      (line) => said.push(line),
    );
    assertEquals(said[0], "36 documents to train on, 12 to test on, 2 classes");
    const { training } = JSON.parse(await Deno.readTextFile(at("model/model.json")));
    assertEquals(training.vectors, "skipgram+ppmi");
    const settings: EvaluateSettings = {
      model: at("model"),
      data,
      columns: form,
      testPart: false,
      out: at("out"),
      explainers: ["gradient-input"],
      plugins: [],
      deletion: { minLength: 3, deletions: 1, runs: 1 },
      seed: 0,
      workers: 1,
    };
    const measure = async (more: Partial<EvaluateSettings>) => {
      const log: string[] = [];
      await evaluate({ ...settings, ...more }, () => {}, (line) => log.push(line));
      const { accuracy, macroF1, documents, parts, command } = JSON.parse(
        await Deno.readTextFile(at("out/metrics.json")),
      );
      return { accuracy, macroF1, documents, parts, command, log };
    };
    // Without a word of the split: the model knows its rows.
    const own = await measure({});
    assertEquals([own.documents, own.accuracy], [12, trained.test.accuracy]);
    assertEquals([own.parts.train, own.parts.test], [36, 12]);
    assertEquals(typeof own.macroF1, "number");
    assertEquals(
      own.log.filter((line) => line.includes("trained on")),
      ["36 of these 48 rows were trained on, and left out; --include-training takes them in"],
    );
    assertMatch(own.command, /--data \S*a\.csv --data \S*b\.csv\.gz .*--no-header/);
    await assertRejects(
      () => measure({ data: at("a.csv") }),
      RangeError,
      "14 of these 20 rows were trained on, the first is",
    );
    const all = await measure({ includeTraining: true });
    assertEquals(all.documents, 48);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});
