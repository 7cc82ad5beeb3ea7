// The program for Dask clusters, with a stand-in for Dask: what it hands out, joins and keeps.
import { assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { inFolder, namesIn } from "../../_in_folder.ts";
import { firstReason, lacksPermission, lacksProgram, testWith } from "../../_skip.ts";

const program = fileURLToPath(new URL("../../../examples/explain_dask.py", import.meta.url));

/** Does at once what it is given. */
const dask = `class Client:
    def __init__(self, cluster): pass
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def submit(self, call, *given, retries, pure): return call(*given)
class LocalCluster:
    def __init__(self, **_): pass
    def close(self, timeout): pass
def as_completed(tasks, with_results): return [(None, task) for task in tasks]
`;

/** Writes what it was told to do, and rejects a row of the second shard. */
const explain = `#!/bin/sh
shard=$4 out=$8
{ echo "head"; echo "$shard $9"; } > "$out"
case $shard in 2/*) echo "{\\"line\\":7}" > "\${out%.*}.rejected.jsonl";; esac
echo "did $shard" >&2
`;

const lacks = firstReason(
  lacksPermission("read", "write", "env", "run"),
  Deno.build.os === "windows" ? "there is no sh" : undefined,
  lacksProgram("python3"),
);

testWith(
  lacks,
  "explain_dask.py joins parts and rejected rows, and overwrites nothing it reads",
  () =>
    inFolder(async (folder) => {
      await Deno.mkdir(`${folder}/dask`);
      await Deno.writeTextFile(`${folder}/dask/__init__.py`, "");
      await Deno.writeTextFile(`${folder}/dask/distributed.py`, dask);
      await Deno.mkdir(`${folder}/bin`);
      await Deno.writeTextFile(`${folder}/bin/explain`, explain, { mode: 0o755 });
      await Deno.writeTextFile(`${folder}/posts.jsonl`, "mine");
      await Deno.mkdir(`${folder}/out.csv.parts`);
      await Deno.writeTextFile(`${folder}/out.csv.parts/own.txt`, "mine");
      const run = async (...args: string[]) => {
        const { code, stdout, stderr } = await new Deno.Command("python3", {
          args: [program, ...args],
          cwd: folder,
          env: {
            PYTHONPATH: folder,
            PYTHONDONTWRITEBYTECODE: "1",
            PATH: `${folder}/bin:${Deno.env.get("PATH")}`,
          },
        }).output();
        const [out, said] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
        return { code, out: out!, said: said! };
      };
      const read = (name: string) => Deno.readTextFile(`${folder}/${name}`);
      const args = ["posts.jsonl", "out.csv", "--shards", "3", "--", "--strict"];
      assertEquals(await run(...args), {
        code: 0,
        out: "shard 1: did 1/3\nshard 2: did 2/3\nshard 3: did 3/3\n" +
          `rejected rows: ${await Deno.realPath(folder)}/out.rejected.jsonl\n`,
        said: "",
      });
      assertEquals(await read("out.csv"), "head\n1/3 --strict\n2/3 --strict\n3/3 --strict\n");
      assertEquals(await read("out.rejected.jsonl"), '{"line":7}\n');
      assertEquals(namesIn(`${folder}/out.csv.parts`), ["own.txt"]);

      await Deno.rename(`${folder}/posts.jsonl`, `${folder}/posts.rejected.jsonl`);
      const before = namesIn(folder);
      const refused: [args: string[], message: RegExp][] = [
        [["posts.rejected.jsonl", "posts.csv"], /is read, and would be written over/],
        [
          ["posts.rejected.jsonl", "o.csv", "--shards", "0"],
          /--shards takes a number from 1, not 0/,
        ],
        [["posts.rejected.jsonl", "o.csv", "--", "--out=x"], /--out=x is given to explain by this/],
      ];
      for (const [args, message] of refused) {
        const { code, said } = await run(...args);
        assertEquals(code, 2);
        assertMatch(said, message);
      }
      assertEquals([namesIn(folder), await read("posts.rejected.jsonl")], [before, "mine"]);

      await Deno.writeTextFile(`${folder}/bin/explain`, "#!/none\n");
      const missing = await run("posts.rejected.jsonl", "o.csv");
      assertMatch(missing.said, /Cannot run "explain", which every worker needs: No such file/);
    }),
);
