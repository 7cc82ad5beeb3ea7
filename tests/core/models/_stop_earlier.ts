import { assert, assertEquals, assertRejects } from "@std/assert";

/** What trainers are told of where to stop. */
interface Stop {
  readonly checkpoint?: string;
  readonly lastEpoch?: number;
}

/**
 * Checks that a training which is to stop before the epoch of its checkpoint gives what it gives without
 * a checkpoint, or says that it cannot, and then leaves the checkpoint as it is.
 *
 * @param train Trains; with held-out documents or without.
 * @param assertSame Compares two results.
 */
export async function checkStopEarlier<
  R extends { readonly history: readonly unknown[]; readonly bestEpoch: number },
>(
  train: (isHeldOut: boolean, stop: Stop) => Promise<R>,
  assertSame: (actual: R, expected: R) => void,
): Promise<void> {
  const folder = await Deno.makeTempDir();
  try {
    for (const isHeldOut of [true, false]) {
      const checkpoint = `${folder}/${isHeldOut}`;
      const whole = await train(isHeldOut, { checkpoint });
      const epochs = whole.history.length;
      const file = await Deno.readFile(checkpoint);
      // As good on the held-out documents as any later one.
      const first = isHeldOut ? whole.bestEpoch : epochs;
      assert(!isHeldOut || first > 1 && first < epochs, `${first} of ${epochs}: choose other data`);
      for (let lastEpoch = 1; lastEpoch <= epochs; lastEpoch++) {
        const stop = { checkpoint, lastEpoch };
        if (lastEpoch < first) {
          await assertRejects(
            () => train(isHeldOut, stop),
            RangeError,
            `Cannot stop after epoch ${lastEpoch}: the checkpoint "${checkpoint}" is that of epoch ` +
              `${epochs}, and the weights of earlier epochs are gone; remove it`,
          );
        } else assertSame(await train(isHeldOut, stop), await train(isHeldOut, { lastEpoch }));
        assertEquals(await Deno.readFile(checkpoint), file);
      }
    }
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
}
