import { maybeGunzip } from "@heatword/datasets/archives";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { gzipSync } from "node:zlib";

const bytes = Uint8Array.from({ length: 700_000 }, (_, i) => (i * 7919) % 253);

function* pieces(whole: Uint8Array, size: number): Generator<Uint8Array> {
  for (let at = 0; at < whole.length; at += size) yield whole.subarray(at, at + size);
}

async function all(chunks: AsyncIterable<Uint8Array>): Promise<Uint8Array> {
  return new Uint8Array(await new Blob(await Array.fromAsync(chunks) as BlobPart[]).arrayBuffer());
}

Deno.test("maybeGunzip() unpacks what is gzipped, in pieces of any size", async () => {
  const packed = gzipSync(bytes);
  for (const size of [1, 2, 1000, packed.length]) {
    if (size === 1 && packed.length > 100_000) continue;
    assertEquals(await all(maybeGunzip(pieces(packed, size))), bytes);
  }
});

Deno.test("maybeGunzip() passes on what is not gzipped", async () => {
  for (const plain of [bytes, bytes.subarray(0, 1), new Uint8Array(0), new Uint8Array([0x1f, 1])]) {
    assertEquals(await all(maybeGunzip(pieces(plain, 1000))), plain);
  }
});

Deno.test("maybeGunzip() finds data that is cut short or damaged", async () => {
  const packed = gzipSync(bytes);
  const flipped = packed.slice();
  flipped[packed.length >> 1]! ^= 8;
  for (const bad of [packed.subarray(0, 5), packed.subarray(0, packed.length - 1), flipped]) {
    await assertRejects(
      () => all(maybeGunzip(pieces(bad, 1000))),
      SyntaxError,
      "The gzipped data is damaged or cut short",
    );
  }
});

Deno.test("maybeGunzip() passes on the error of its source", async () => {
  async function* failing() {
    yield await Promise.resolve(gzipSync(bytes).subarray(0, 500));
    throw new Deno.errors.ConnectionReset("gone");
  }
  await assertRejects(() => all(maybeGunzip(failing())), Deno.errors.ConnectionReset, "gone");
});

Deno.test("maybeGunzip() lets go of its source when it is left early", async () => {
  for (const whole of [bytes, gzipSync(bytes)]) {
    let closed = false;
    // deno-lint-ignore no-inner-declarations
    async function* source() {
      try {
        for (const piece of pieces(whole, 500)) yield await Promise.resolve(piece);
      } finally {
        closed = true;
      }
    }
    for await (const _ of maybeGunzip(source())) break;
    await new Promise((resolve) => setTimeout(resolve, 0));
    assert(closed);
  }
});
