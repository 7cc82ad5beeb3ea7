import { assert, assertEquals, assertRejects } from "@std/assert";
import { modelFile, takesGzip } from "../../../apps/serve/_model_files.ts";
import { isWorthKeeping, PackedFiles } from "../../../apps/serve/_packed_files.ts";
import { isKnown, versionOf } from "../../../apps/serve/_version.ts";
import { testPermitted } from "../../_skip.ts";

Deno.test("takesGzip() reads what a client accepts", () => {
  const accepted = ["gzip", "br, GZIP ;q=0.5", "*", "deflate, *;q=0.1", "gzip;q=1.0"];
  const refused = [null, "", "br", "gzip;q=0", "gzip; q=0.000, *", "*;q=0", "xgzip"];
  assertEquals(accepted.map(takesGzip), accepted.map(() => true));
  assertEquals(refused.map(takesGzip), refused.map(() => false));
});

Deno.test("versionOf() tells size, time and file apart, and nothing of a file just written", () => {
  const now = Date.UTC(2026, 0, 1);
  const of = (size: number, age: number, ino: number | null = 1) =>
    versionOf({ size, mtime: new Date(now - age), ino }, now);
  const versions = [of(10, 5000), of(11, 5000), of(10, 5001), of(10, 5000, 2), of(10, 5000, null)];
  assertEquals(new Set(versions).size, versions.length);
  assert(!versions.includes(undefined));
  assertEquals(of(10, 5000), of(10, 5000));
  assertEquals([of(10, 0), of(10, 1999), of(10, -1999)], [undefined, undefined, undefined]);
  assertEquals(versionOf({ size: 10, mtime: null, ino: 1 }, now), undefined);
});

Deno.test("isKnown() finds a version among those that a client names", () => {
  const header = '"x", W/"a-1"';
  assertEquals(['"a-1"', '"x"', '"a"'].map((etag) => isKnown(etag, header)), [true, true, false]);
  assertEquals([isKnown('"a"', "*"), isKnown('"a"', null)], [true, false]);
});

const test = testPermitted("read", "write");

/** Runs a test in a folder with files, which were written a minute ago. */
async function withFiles(
  contents: Readonly<Record<string, Uint8Array>>,
  test: (folder: string, write: (name: string, content: Uint8Array) => Promise<void>) => unknown,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  let age = 60_000;
  const write = async (name: string, content: Uint8Array) => {
    await Deno.writeFile(`${folder}/${name}`, content);
    const time = new Date(Date.now() - (age -= 5000));
    await Deno.utime(`${folder}/${name}`, time, time);
  };
  try {
    for (const [name, content] of Object.entries(contents)) await write(name, content);
    await test(folder, write);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}

const unpacked = async (bytes: Uint8Array<ArrayBuffer>) => {
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return await new Response(plain).bytes();
};

const [ones, twos] = [1, 2].map((value) => new Uint8Array(1000).fill(value)) as [
  Uint8Array,
  Uint8Array,
];

test("PackedFiles compresses a version of a file once, and another anew", async () => {
  await withFiles({ a: ones }, async (folder, write) => {
    const packed = new PackedFiles();
    const path = `${folder}/a`;
    const [first, beside] = await Promise.all([packed.get(path, "1"), packed.get(path, "1")]);
    assertEquals(await unpacked(first), ones);
    // The same bytes in the same place: nothing was compressed for the second.
    assert(first === beside);
    assert(first === await packed.get(path, "1"));
    await write("a", twos);
    assert(first === await packed.get(path, "1"));
    const second = await packed.get(path, "2");
    assertEquals(await unpacked(second), twos);
    assert(second !== first);
    await assertRejects(() => packed.get(`${folder}/b`, "1"), Deno.errors.NotFound);
    await write("b", ones);
    assertEquals(await unpacked(await packed.get(`${folder}/b`, "1")), ones);
  });
  assertEquals([2 ** 25, 2 ** 25 + 1].map(isWorthKeeping), [true, false]);
});

/** Counts how often each version of a file is asked for. */
class CountedFiles extends PackedFiles {
  readonly asked: string[] = [];

  override get(path: string, version: string): Promise<Uint8Array<ArrayBuffer>> {
    this.asked.push(`${path.replace(/.*\//, "")} ${version}`);
    return super.get(path, version);
  }
}

test("the files of a model of any format are compressed once, and sent again when they changed", async () => {
  const names = ["weights-1a2b.bin", "model.json", "tokenizer.json", "vocab.txt", "model.onnx"];
  for (const format of ["heatword-word-cnn", "layers-model", "onnx"] as const) {
    await withFiles(
      Object.fromEntries(names.map((name) => [name, ones])),
      async (path, write) => {
        const folder = { path, format, files: names.map((name) => ({ name, bytes: 1000 })) };
        const packed = new CountedFiles();
        const ask = (name: string, headers: HeadersInit, method = "GET") => {
          const all = { "accept-encoding": "gzip", ...headers };
          const request = new Request("http://localhost/", { method, headers: all });
          return modelFile(folder, name, request, packed);
        };
        for (const name of names) {
          const version = versionOf(await Deno.stat(`${path}/${name}`))!;
          const answers = await Promise.all([ask(name, {}), ask(name, {})]);
          for (const answer of answers) {
            assertEquals(answer.headers.get("content-encoding"), "gzip");
            assertEquals(answer.headers.get("etag"), `W/"${version}"`);
            assertEquals(await unpacked(await answer.bytes()), ones, name);
          }
          assertEquals(packed.asked.splice(0), Array(2).fill(`${name} ${version}`));
          const head = await ask(name, {}, "HEAD");
          assertEquals([...head.headers], [...answers[0]!.headers]);
          const plain = await ask(name, { "accept-encoding": "br" });
          assertEquals(
            [plain.headers.get("content-encoding"), plain.headers.get("content-length")],
            [null, "1000"],
          );
          assertEquals(await plain.bytes(), ones);
          const again = await ask(name, { "if-none-match": `W/"${version}"` });
          assertEquals([again.status, again.body], [304, null]);
          assertEquals(packed.asked, []);
          await write(name, twos);
          const changed = await ask(name, { "if-none-match": `W/"${version}"` });
          assertEquals(changed.status, 200);
          assertEquals(await unpacked(await changed.bytes()), twos);
          packed.asked.splice(0);
          // What was written just now is not kept: it may be written again.
          await Deno.writeFile(`${path}/${name}`, ones);
          const fresh = await ask(name, {});
          assertEquals([fresh.headers.get("etag"), packed.asked], [null, []]);
          assertEquals(await unpacked(await fresh.bytes()), ones);
        }
      },
    );
  }
});

test("a file that takes long to compress is sent meanwhile, and not kept", async () => {
  await withFiles({}, async (path) => {
    const file = `${path}/model.onnx`;
    const ask = async (size: number) => {
      const name = "model.onnx";
      await Deno.writeFile(file, ones);
      await Deno.truncate(file, size);
      const time = new Date(Date.now() - 60_000);
      await Deno.utime(file, time, time);
      const packed = new CountedFiles();
      const headers = { "accept-encoding": "gzip" };
      const request = new Request("http://localhost/", { headers });
      const folder = { path, format: "onnx" as const, files: [{ name, bytes: size }] };
      const answer = await modelFile(folder, name, request, packed);
      assertEquals(answer.headers.get("content-encoding"), "gzip");
      const plain = answer.body!.pipeThrough(new DecompressionStream("gzip"));
      let [bytes, sum] = [0, 0];
      for await (const chunk of plain) {
        bytes += chunk.length;
        sum += chunk.reduce((total, value) => total + value, 0);
      }
      assertEquals([bytes, sum], [size, 1000]);
      return packed.asked.length;
    };
    assertEquals([await ask(2 ** 25), await ask(2 ** 25 + 1)], [1, 0]);
  });
});
