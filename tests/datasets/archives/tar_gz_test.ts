import { readTarGz } from "@heatword/datasets/archives";
import { assertEquals, assertRejects } from "@std/assert";
import { gzipSync } from "node:zlib";
import { type Entry, tar, tarGz } from "../_archive.ts";

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

Deno.test("readTarGz() gives the files and leaves out the folders", async () => {
  const long = `${"x".repeat(90)}/${"y".repeat(90)}/${"z".repeat(90)}`;
  const files = await readTarGz(
    await tarGz([["a/", ""], ["a/b", "one"], [long, "two"], ["c", ""]]),
  );
  assertEquals([...files.keys()], ["a/b", long, "c"]);
  assertEquals(text(files.get("a/b")), "one");
  assertEquals(text(files.get(long)), "two");
  assertEquals(text(files.get("c")), "");
});

Deno.test("readTarGz() refuses entries that could do harm", async (t) => {
  const cases: Record<string, [Entry[], string]> = {
    "a path out of the folder": [[["../evil", "x"]], "leads outside the folder"],
    "a path out of a folder inside": [[["a/../../evil", "x"]], "leads outside the folder"],
    "an absolute path": [[["/etc/passwd", "x"]], "is absolute"],
    "a symbolic link": [[["a", "", "symlink"]], "a symlink is not a regular file"],
    "a hard link": [[["a", "", "link"]], "a link is not a regular file"],
    "the same name twice": [[["a", "x"], ["./a", "y"]], "it is there twice"],
  };
  for (const [name, [entries, message]] of Object.entries(cases)) {
    await t.step(name, async () => {
      await assertRejects(async () => readTarGz(await tarGz(entries)), SyntaxError, message);
    });
  }
});

Deno.test("readTarGz() does not unpack more than it may", async () => {
  const bomb = await tarGz([["a", new Uint8Array(5_000_000)]]);
  await assertRejects(
    () => readTarGz(bomb, { maxBytes: 1_000_000 }),
    SyntaxError,
    "The archive unpacks to more than 1000000 bytes",
  );
});

Deno.test("readTarGz() finds damage", async (t) => {
  const noise = Uint8Array.from({ length: 4000 }, (_, i) => (i * i * 31) % 251);
  const good = await tarGz([["a", noise], ["b", "x"]]);
  await t.step("an archive cut short anywhere", async () => {
    for (let length = 0; length < good.length; length += 97) {
      await assertRejects(() => readTarGz(good.subarray(0, length)), SyntaxError, "damaged");
    }
  });
  await t.step("a flipped bit anywhere in the data", async () => {
    for (let at = 10; at < good.length; at += 41) {
      const bad = good.slice();
      bad[at]! ^= 1 << (at % 8);
      await assertRejects(() => readTarGz(bad), SyntaxError, "damaged");
    }
  });
  await t.step("a tar cut short inside an intact gzip", async () => {
    const inner = await tar([["a", noise]]);
    for (const length of [100, 700, 3000]) {
      await assertRejects(() => readTarGz(gzipSync(inner.subarray(0, length))), SyntaxError);
    }
  });
  await t.step("a wrong checksum of a tar header", async () => {
    const inner = await tar([["a", "x"]]);
    inner[0] = 98;
    await assertRejects(() => readTarGz(gzipSync(inner)), SyntaxError, "checksum");
  });
  await t.step("what is not an archive at all", async () => {
    await assertRejects(
      () => readTarGz(new TextEncoder().encode("<html>")),
      SyntaxError,
      "damaged",
    );
    await assertRejects(() => readTarGz(gzipSync("just text")), SyntaxError, "damaged");
  });
});
