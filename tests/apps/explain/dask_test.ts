// The program for Dask clusters, with a stand-in for Dask: what it hands out, joins and keeps.
import { assertEquals, assertMatch } from "@std/assert";
import { fileURLToPath } from "node:url";
import { inFolder, namesIn } from "../../_in_folder.ts";
import { firstReason, lacksPermission, lacksProgram, testWith } from "../../_skip.ts";

const program = fileURLToPath(new URL("../../../examples/explain_dask.py", import.meta.url));

/** Runs the program once for each list of arguments: Python takes long to start. */
const runs = `import contextlib, io, json, os, runpy, sys, types
class Client:
    def __init__(self, cluster): pass
    def __enter__(self): return self
    def __exit__(self, *_): pass
    def submit(self, call, *given, retries, pure):
        if "--lost" in given[-1]: raise KilledWorker("workers died\\nwhile running it")
        return call(*given)
class KilledWorker(Exception): pass
class LocalCluster:
    def __init__(self, **_): pass
    def close(self, timeout): pass
dask = types.ModuleType("dask.distributed")
dask.Client, dask.LocalCluster = Client, LocalCluster
dask.as_completed = lambda tasks, with_results: [(None, task) for task in tasks]
sys.modules["dask"], sys.modules["dask.distributed"] = types.ModuleType("dask"), dask
scheduler = types.ModuleType("distributed.scheduler")
scheduler.KilledWorker = KilledWorker
sys.modules["distributed"], sys.modules["distributed.scheduler"] = types.ModuleType("distributed"), scheduler
os.environ["PATH"] = os.path.abspath("bin") + ":" + os.environ["PATH"]
_, program, lists = sys.argv
answers = []
for args in json.loads(lists):
    out, said, code = io.StringIO(), io.StringIO(), 0
    sys.argv = [program, *args]
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(said):
        try:
            runpy.run_path(program, run_name="__main__")
        except SystemExit as end:
            code = end.code
    answers.append([code, out.getvalue(), said.getvalue()])
print(json.dumps(answers))
`;

/** Writes what it was told to do, and rejects a row of the second shard. */
const explain = `#!/bin/sh
shard=$4 out=$8
[ "$9" = --none ] && echo "first line
why not" >&2 && exit 1
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
      await Deno.mkdir(`${folder}/bin`);
      await Deno.writeTextFile(`${folder}/bin/explain`, explain, { mode: 0o755 });
      await Deno.writeTextFile(`${folder}/posts.jsonl`, "mine");
      await Deno.writeTextFile(`${folder}/again.rejected.jsonl`, "mine");
      await Deno.writeTextFile(`${folder}/once.jsonl.tmp`, "mine");
      await Deno.mkdir(`${folder}/more.csv.parts`);
      await Deno.writeTextFile(`${folder}/more.csv.parts/2.csv`, "mine");
      await Deno.mkdir(`${folder}/out.csv.parts`);
      await Deno.writeTextFile(`${folder}/out.csv.parts/own.txt`, "mine");
      const args = [
        ["posts.jsonl", "out.csv", "--shards", "3", "--", "--strict"],
        ["posts.jsonl", "./posts.jsonl"],
        ["again.rejected.jsonl", "again.csv"],
        ["once.jsonl.tmp", "once.jsonl"],
        ["more.csv.parts/2.csv", "more.csv"],
        ["posts.jsonl", "o.csv", "--shards", "0"],
        ["posts.jsonl", "o.csv", "--", "--out=x"],
        ["posts.jsonl", "o.txt"],
        ["posts.jsonl", "failed.csv", "--", "--none"],
        ["posts.jsonl", "failed.csv", "--", "--lost"],
      ];
      const { stdout, stderr } = await new Deno.Command("python3", {
        args: ["-c", runs, program, JSON.stringify(args)],
        cwd: folder,
      }).output();
      assertEquals(new TextDecoder().decode(stderr), "");
      const [whole, ...refused] = JSON.parse(new TextDecoder().decode(stdout));
      assertEquals(whole, [
        0,
        "shard 1: did 1/3\nshard 2: did 2/3\nshard 3: did 3/3\n" +
        `rejected rows: ${await Deno.realPath(folder)}/out.rejected.jsonl\n`,
        "",
      ]);
      const read = (name: string) => Deno.readTextFile(`${folder}/${name}`);
      assertEquals(await read("out.csv"), "head\n1/3 --strict\n2/3 --strict\n3/3 --strict\n");
      assertEquals(await read("out.rejected.jsonl"), '{"line":7}\n');
      assertEquals(namesIn(`${folder}/out.csv.parts`), ["own.txt"]);

      assertEquals(refused.splice(-2), [
        ["why not", "", ""],
        ["workers died while running it", "", ""],
      ]);
      const messages = [
        /"posts\.jsonl" is read, and would be written over: name another OUT/,
        /"again\.rejected\.jsonl" is read, and would be written over/,
        /"once\.jsonl\.tmp" is read, and would be written over/,
        /"more\.csv\.parts\/2\.csv" is read, and would be written over/,
        /--shards takes a number from 1, not 0/,
        /--out=x is given to explain by this program/,
        /write \.jsonl or \.csv/,
      ];
      assertEquals(refused.length, messages.length);
      for (const [i, [code, , said]] of refused.entries()) {
        assertEquals(code, 2);
        assertMatch(said, messages[i]!);
      }
      const inputs = ["posts.jsonl", "again.rejected.jsonl", "once.jsonl.tmp"];
      for (const name of [...inputs, "more.csv.parts/2.csv"]) {
        assertEquals(await read(name), "mine");
      }
      assertEquals(namesIn(folder), [
        ...["again.rejected.jsonl", "bin", "failed.csv.parts", "more.csv.parts", "once.jsonl.tmp"],
        ...["out.csv", "out.csv.parts", "out.rejected.jsonl", "posts.jsonl"],
      ]);
    }),
);
