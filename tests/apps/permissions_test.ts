import "@heatword/explainers";
import { readWordCnn } from "@heatword/core/word-cnn";
import { listExplainers } from "@heatword/core";
import { GROUPS } from "@heatword/datasets/newsgroups";
import { readPretrainedFile } from "@heatword/pretrained";
import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import { commandWithPermissions } from "../../apps/cli/permissions.ts";
import { lacksPermission, lacksProgram, testPermitted, testWith } from "../_skip.ts";

const test = testPermitted("read", "write", "env", "run");
const root = decodeURIComponent(new URL("../../", import.meta.url).pathname);
const text = "The shuttle reached its orbit";

/** Runs Deno as somebody would type it, with no flag that forbids questions. */
async function deno(args: readonly string[], stdin = "") {
  const child = new Deno.Command(Deno.execPath(), {
    args: [...args],
    cwd: root,
    env: { DENO_NO_PROMPT: "", HEATWORD_MODEL: "", HEATWORD_DATA: "", NO_COLOR: "1", COLUMNS: "" },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(stdin)).catch(() => {});
  await writer.close().catch(() => {});
  const { code, stdout, stderr } = await child.output();
  const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
  return { code, stdout: decode(stdout), stderr: decode(stderr) };
}

const run = (...args: string[]) => deno(["run", "-q", ...args]);

test("explain without a flag gives the bytes that it gives with every permission", async () => {
  const format = ["--format", "json", "--target", "all"];
  for (const more of [[], format, ["--ledger"], ["--format", "html"]]) {
    const without = await run("apps/explain.ts", text, ...more);
    assertEquals([without.code, without.stderr], [0, ""]);
    assertEquals(without, await run("-A", "apps/explain.ts", text, ...more));
  }
});

test("explain without a flag runs every explainer, and reads standard input", async () => {
  const names = listExplainers().map(({ name }) => name);
  const args = ["run", "-q", "apps/explain.ts", "-", "--format", "jsonl"];
  const { code, stdout, stderr } = await deno([...args, "--explainer", names.join(",")], text);
  assertEquals([code, stderr], [0, ""]);
  const lines = stdout.trimEnd().split("\n").map((line) => JSON.parse(line));
  assertEquals(lines.map(({ explainer }) => explainer), names);
  assertEquals(new Set(lines.map(({ target }) => target)), new Set(["sci.space"]));
});

/** What needs a permission: the arguments, and what the one line says. */
const refused: readonly (readonly [readonly string[], string])[] = [
  [["explain", "--file", "post.txt"], 'Option --file needs permission to read "post.txt"'],
  [["explain", "a b", "--model", "m"], 'Option --model needs permission to read "m"'],
  [["explain", "a b", "--data", "d"], 'Option --data needs permission to read "d"'],
  [["explain", "a b", "--out", "x/o.html"], 'Option --out needs permission to write "x/o.html"'],
  [
    ["explain", "a b", "--plugin", "it's.ts"],
    'Option --plugin needs permission to read "it\'s.ts"',
  ],
  [["explain", "--batch", "a.jsonl"], 'Option --batch needs permission to read "a.jsonl"'],
  [
    ["explain", "--newsgroup", "sci.space/1"],
    'Option --newsgroup needs permission to read "./data"',
  ],
  [
    ["explain", "--completions", "bash", "--model", "m"],
    'Option --model needs permission to read "m"',
  ],
  [["explainers", "--plugin", "p.ts"], 'Option --plugin needs permission to read "p.ts"'],
  [["check_explainer", "./p.ts"], 'The explainer to check needs permission to read "./p.ts"'],
  [["tokenize", "a.txt"], 'Tokenizing needs permission to read "a.txt"'],
  [["tokenize", "-", "--train-punkt", "o"], 'Option --train-punkt needs permission to write "o"'],
  [["train"], "Training needs permission to read files"],
  [["evaluate"], "Evaluating needs permission to read files"],
  [["atlas"], "An atlas needs permission to read files"],
  [["trust"], "A table of trust needs permission to read files"],
  [["audit"], "An audit needs permission to read files"],
  [["repair", "--against", "w"], "A repair needs permission to read files"],
  [["assert", "r.json"], "Checking rules needs permission to read files"],
  [["diff", "a", "b"], "A comparison of models needs permission to read files"],
  [["report", "--single-file"], "A report needs permission to read files"],
  [["export", "--out", "o"], "Exporting needs permission to read files"],
  [["fetch"], "Downloading needs permission to read files"],
  [["reproduce"], "Reproducing needs permission to read files"],
  [["serve"], "Serving needs permission to read files"],
];

test("serve says by which command it may run a program that is a second model", async () => {
  const args = ["--compare-model", "command: cat", "--port", "0"];
  const [permissions, script] = ["-P=serve", "apps/serve.ts"];
  const { code, stdout, stderr } = await run(permissions, script, ...args);
  assertEquals([code, stdout, stderr], [
    1,
    "",
    "error: Option --compare-model needs permission to run programs: " +
    "deno run -P=serve --allow-run apps/serve.ts --compare-model 'command: cat' --port 0\n",
  ]);
});

test("each program says in one line by which command it may do what it needs", async (t) => {
  for (const [[program, ...args], message] of refused) {
    await t.step([program, ...args].join(" "), async () => {
      const script = `apps/${program}.ts`;
      const { code, stdout, stderr } = await run(script, ...args);
      const set = ["fetch", "reproduce", "serve"].includes(program!) ? `-P=${program}` : "-P";
      const typed = args.map((arg) =>
        arg === "a b" ? "'a b'" : arg === "it's.ts" ? "'it'\\''s.ts'" : arg
      );
      const command = ["deno run", set, script, ...typed].join(" ");
      assertEquals([code, stdout, stderr], [1, "", `error: ${message}: ${command}\n`]);
    });
  }
});

test("the command that the line names does it", async () => {
  const folder = await Deno.makeTempDir();
  try {
    await Deno.writeTextFile(`${folder}/post.txt`, text);
    const args = ["apps/explain.ts", "--file", `${folder}/post.txt`, "--out", `${folder}/o.json`];
    const { stderr } = await run(...args);
    const [, command] = /: deno (run -P .*)\n$/.exec(stderr)!;
    const { code } = await deno(command!.split(" "));
    assertEquals(code, 0);
    assertEquals(JSON.parse(await Deno.readTextFile(`${folder}/o.json`)).text, text);
    // What is granted for one file is enough for it.
    const narrow = await run(`--allow-read=${folder}/post.txt`, ...args.slice(0, 3));
    assertEquals([narrow.code, narrow.stderr], [0, ""]);
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("the command that the line names runs a model that is a program", async () => {
  const loop =
    'while read -r line; do echo "{\\"classes\\":[\\"a\\",\\"b\\"],\\"scores\\":[[2,1]]}"; done';
  const model = `command: sh -c '${loop}'`;
  const { stderr } = await run(
    "apps/explain.ts",
    "good",
    "--explainer",
    "random",
    "--model",
    model,
  );
  const [, command] = /: (deno run -P .*)\n$/.exec(stderr)!;
  const { success, stdout, stderr: complaints } = await new Deno.Command("bash", {
    args: ["-c", command!.replace(/^deno/, `${Deno.execPath()} `) + " --format json"],
    cwd: root,
    env: { HEATWORD_MODEL: "" },
  }).output();
  const said = new TextDecoder().decode(success ? stdout : complaints);
  assertEquals(success, true, said);
  assertEquals(JSON.parse(said).predicted, "a");
});

test("what needs no permission works without one", async () => {
  const cases: readonly (readonly [string[], RegExp])[] = [
    [["explain", "--help"], /^Tells which words/],
    [["explainers"], /^lrp$/m],
    [["check_explainer", "random"], /conforms/],
    [["explain", "--completions", "bash"], /sci\.space/],
  ];
  for (const [[program, ...args], expected] of cases) {
    const { code, stdout, stderr } = await run(`apps/${program}.ts`, ...args);
    assertEquals([code, stderr], [0, ""], program);
    assertMatch(stdout, expected);
  }
});

// `script` gives a program a terminal; questions would stand in what it shows.
const lacksTerminal = lacksPermission("read", "write", "env", "run") ?? lacksProgram("script") ??
  (Deno.build.os === "linux" ? undefined : "script takes other options here");

testWith(lacksTerminal, "no program asks at a terminal", async (t) => {
  const accepted = [["explain", text], ["explain", "naïve 太空 text", "--ledger"], ["explainers"]];
  for (const [program, ...args] of [...accepted, ...refused.map(([args]) => args)]) {
    await t.step([program, ...args].join(" "), async () => {
      const quoted = args.map((arg) => `'${arg.replaceAll("'", "'\\''")}'`).join(" ");
      const command = `${Deno.execPath()} run -q apps/${program}.ts ${quoted}`;
      const { stdout } = await new Deno.Command("script", {
        args: ["-qec", command, "/dev/null"],
        cwd: root,
        // A question is asked on a terminal, and waits.
        env: { DENO_NO_PROMPT: "", HEATWORD_MODEL: "", HEATWORD_DATA: "", NO_COLOR: "" },
        stdin: "null",
        signal: AbortSignal.timeout(60_000),
      }).output();
      const shown = new TextDecoder().decode(stdout);
      assert(!/Deno requests|Allow\?|\[y\/n/.test(shown), shown);
      assert(shown.length > 0);
    });
  }
});

test("serve with a cache elsewhere names a command that serves", async () => {
  const cache = await Deno.makeTempDir({ prefix: "heatword cache " });
  const start = (args: string[]) =>
    new Deno.Command("sh", {
      args: ["-c", args.join(" ")],
      cwd: root,
      env: { HEATWORD_CACHE: cache, HEATWORD_MODEL: "", HEATWORD_DATA: "", NO_COLOR: "1" },
      stdout: "piped",
      stderr: "piped",
    });
  try {
    const refused = await start(["deno task serve --port 0"]).output();
    assertEquals(refused.code, 1);
    const message = new TextDecoder().decode(refused.stderr);
    const [, command] = /^error: Serving needs permission to write "[^"]*": (.*)$/m.exec(message) ??
      [];
    assert(command !== undefined, message);
    const child = start([`exec ${command}`]).spawn();
    const said = new Response(child.stderr).text();
    let shown = "";
    for await (const text of child.stdout.pipeThrough(new TextDecoderStream())) {
      shown += text;
      if (shown.includes("\n")) child.kill("SIGINT");
    }
    assertMatch(shown, /^http:\/\/\S+\n$/, await said);
    assertEquals((await child.status).code, 0);
  } finally {
    await Deno.remove(cache, { recursive: true });
  }
});

Deno.test("commandWithPermissions() quotes as a shell does, and cuts what is long", () => {
  assertEquals(
    commandWithPermissions(["it's", "", "a".repeat(300)], `${root}apps/train.ts`)
      .replace(/run -P \S+ /, "run -P train.ts "),
    `deno run -P train.ts 'it'\\''s' '' '${"a".repeat(200)}…'`,
  );
});

Deno.test("the pretrained model is imported whole, without a permission", async () => {
  const { model } = await readWordCnn(readPretrainedFile);
  assertEquals(model.classes, [...GROUPS]);
  await assertRejects(() => readPretrainedFile("other.bin"), Deno.errors.NotFound);
});

test("the pretrained model that is imported is the one in the folder", async () => {
  const folder = `${root}datasets/newsgroups/pretrained`;
  for (const { name } of Deno.readDirSync(folder)) {
    if (name === "README.md") continue;
    const imported = await readPretrainedFile(name);
    const read = await Deno.readFile(`${folder}/${name}`);
    assert(imported.length === read.length && imported.every((byte, i) => byte === read[i]), name);
  }
});
