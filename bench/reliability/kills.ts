/**
 * Kills a batch at random moments, each time starts the same command again, and compares what comes
 * out in the end with an undisturbed run; takes the number of kills as an argument.
 *
 * @module
 */
import { Random } from "@heatword/core";
import { countOf, explain, withSmallModel } from "./_folder.ts";

const kills = countOf(Deno.args[0], 200);
const rows = 4000;
const sleep = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

await withSmallModel(async (folder) => {
  const random = new Random(1);
  const words = "the shuttle orbit moon ride bike doctor xyzzy".split(" ");
  const lines = Array.from({ length: rows }, (_, id) => {
    const text = Array.from({ length: 1 + random.below(60) }, () => words[random.below(8)]).join(
      " ",
    );
    return id % 50 ? `${JSON.stringify({ id, text })}\n` : "bad\n";
  });
  await Deno.writeTextFile(`${folder}/in.jsonl`, lines.join(""));
  let done = 0;
  for (const format of ["jsonl", "parquet"]) {
    const command = (name: string) => [
      ...["--batch", `${folder}/in.jsonl`, "--out", `${folder}/${name}.${format}`],
      ...["--model", `${folder}/model`, "--target", "all", "--workers", "2"],
    ];
    const whole = await explain(command("whole")).output();
    if (!whole.success) throw new Error("The undisturbed run failed");
    const read = async (name: string) => [
      await Deno.readFile(`${folder}/${name}.${format}`),
      await Deno.readFile(`${folder}/${name}.rejected.jsonl`),
    ];
    const expected = await read("whole");
    for (let left = Math.ceil(kills / 2); left > 0;) {
      const child = explain(command("part")).spawn();
      let ended = false;
      const status = child.status.finally(() => ended = true);
      await Promise.race([status, atWork(`${folder}/part.${format}`)]);
      await Promise.race([status, sleep(1500 * random.uniform())]);
      if (!ended) {
        child.kill("SIGKILL");
        left--;
        if (++done % 20 === 0) console.error(`${done} kills`);
        await status;
        continue;
      }
      if (!(await status).success) throw new Error("A run that went on failed");
      await compare(expected, await read("part"));
      await Deno.remove(`${folder}/part.${format}`);
    }
    if (!(await explain(command("part")).output()).success) throw new Error("The last run failed");
    await compare(expected, await read("part"));
    const left = [...Deno.readDirSync(folder)].filter(({ name }) => /partial|journal/.test(name));
    if (left.length > 0) throw new Error(`"${left[0]!.name}" is left`);
  }
  console.log(`${done} kills: every output the same byte for byte, nothing left behind`);
});

/** Returns when a run writes; how long it takes to start is of no interest. */
async function atWork(out: string): Promise<void> {
  const sizes = () =>
    ["partial", "writing"].map((ending) => {
      try {
        return Deno.statSync(`${out}.${ending}`).size;
      } catch {
        return -1;
      }
    });
  const before = sizes().join();
  while (sizes().join() === before) await sleep(5);
}

async function compare(expected: Uint8Array[], found: Uint8Array[]): Promise<void> {
  for (const [i, bytes] of expected.entries()) {
    const digests = [bytes, found[i]!].map((bytes) =>
      crypto.subtle.digest("SHA-256", new Uint8Array(bytes))
    );
    const [a, b] = (await Promise.all(digests)).map((digest) => new Uint8Array(digest).toHex());
    if (a !== b) throw new Error("An output differs from that of the undisturbed run");
  }
}
