import { readZip } from "@heatword/datasets/archives";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { zip } from "../sources/_zip.ts";

const text = (bytes: Uint8Array | undefined) => new TextDecoder().decode(bytes);

Deno.test("readZip() gives the files that are wanted", async () => {
  const archive = await zip({ "a/": "", "a/b": "one", "c é": "two".repeat(1000), "d": "" });
  const files = await readZip(archive);
  assertEquals([...files.keys()], ["a/b", "c é", "d"]);
  assertEquals(text(files.get("a/b")), "one");
  assertEquals(text(files.get("c é")), "two".repeat(1000));
  assertEquals([...(await readZip(archive, { filter: (n) => n === "d" })).keys()], ["d"]);
});

Deno.test("readZip() refuses entries that could do harm", async (t) => {
  const symlink = (0o120777 << 16) >>> 0;
  const cases: Record<string, [() => Promise<Uint8Array>, string]> = {
    "a path out of the folder": [() => zip({ "../evil": "x" }), "Unsafe filename"],
    "an absolute path": [() => zip({ "/etc/passwd": "x" }), "Unsafe filename"],
    "a symbolic link": [
      () => zip({ "a": "/etc/passwd" }, { externalFileAttributes: symlink }),
      "it is not a regular file",
    ],
    "an encrypted file": [() => zip({ "a": "x" }, { password: "p" }), "it is encrypted"],
    "the same name twice": [() => zip({ "a": "x", "./a": "y" }), "it is there twice"],
  };
  for (const [name, [archive, message]] of Object.entries(cases)) {
    await t.step(name, async () => {
      const bytes = await archive();
      await assertRejects(() => readZip(bytes), SyntaxError, message);
    });
  }
});

Deno.test("readZip() does not unpack more than it may", async (t) => {
  const archive = await zip({ "a": "x".repeat(100_000), "b": "y" });
  await t.step("by what the archive says", async () => {
    await assertRejects(
      () => readZip(archive, { maxBytes: 99_999 }),
      SyntaxError,
      "The archive unpacks to more than 99999 bytes",
    );
    assertEquals((await readZip(archive, { maxBytes: 5, filter: (n) => n === "b" })).size, 1);
  });
  await t.step("when the archive says less than it has", async () => {
    const lying = archive.slice();
    const view = new DataView(lying.buffer);
    let changed = 0;
    for (let at = 0; at + 4 <= lying.length; at++) {
      if (view.getUint32(at, true) !== 100_000) continue;
      view.setUint32(at, 10, true);
      changed++;
    }
    assert(changed > 0);
    await assertRejects(() => readZip(lying, { maxBytes: 1000 }), SyntaxError, "damaged");
  });
});

Deno.test("readZip() finds damage", async (t) => {
  const noise = Array.from({ length: 3000 }, (_, i) => String.fromCharCode(33 + (i * i) % 90)).join(
    "",
  );
  const good = await zip({ "a": noise });
  await t.step("an archive cut short anywhere", async () => {
    for (let length = 0; length < good.length; length += 61) {
      await assertRejects(() => readZip(good.subarray(0, length)), SyntaxError, "damaged");
    }
  });
  await t.step("a flipped bit anywhere in the data", async () => {
    for (let at = 60; at < good.length - 160; at += 37) {
      const bad = good.slice();
      bad[at]! ^= 1 << (at % 8);
      await assertRejects(() => readZip(bad), SyntaxError, "damaged");
    }
  });
  await t.step("what is not an archive at all", async () => {
    await assertRejects(() => readZip(new TextEncoder().encode("<html>")), SyntaxError, "damaged");
  });
});
