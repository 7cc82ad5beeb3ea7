import { PunktParameters, readPunktTab, writePunktTab } from "@heatword/datasets/nltk";
import { assertEquals, assertStringIncludes } from "@std/assert";
import { saidBy } from "../_said.ts";
import { inFolder } from "../_in_folder.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "write", "env", "run");

const ROOT = new URL("../../", import.meta.url);

interface Result {
  code: number;
  lines: { file: string; sentences: string[]; tokens: string[] }[];
  stderr: string;
}

function spawn(args: string[], env: Record<string, string> = {}): Deno.ChildProcess {
  return new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "--quiet", "--allow-read", "--allow-write"],
      ...["--allow-env=HEATWORD_DATA,HEATWORD_DEBUG", "apps/tokenize.ts", ...args],
    ],
    cwd: ROOT,
    env: { NO_COLOR: "1", HEATWORD_DATA: "/nowhere", HEATWORD_DEBUG: "", ...env },
    stdin: "piped",
    stdout: "piped",
    stderr: "piped",
  }).spawn();
}

async function run(args: string[], input = "", env: Record<string, string> = {}): Promise<Result> {
  const child = spawn(args, env);
  const writer = child.stdin.getWriter();
  await writer.write(new TextEncoder().encode(input)).catch(() => {});
  await writer.close().catch(() => {});
  const { code, stdout, stderr } = await child.output();
  const lines = new TextDecoder().decode(stdout).split("\n").filter((line) => line !== "");
  return {
    code,
    lines: lines.map((line) => line.startsWith("{") ? JSON.parse(line) : line),
    stderr: saidBy(stderr),
  };
}

test("tokenize writes a line of JSON for each file", () =>
  inFolder(async (dir) => {
    Deno.writeTextFileSync(`${dir}/a`, "From: me\n\nIt can't be.  Yes!");
    Deno.writeTextFileSync(`${dir}/b`, "");
    const { code, lines } = await run(["--strip-header", `${dir}/a`, `${dir}/b`]);
    assertEquals(code, 0);
    assertEquals(lines, [
      {
        file: `${dir}/a`,
        sentences: ["It can't be.", "Yes!"],
        tokens: ["It", "ca", "n't", "be", ".", "Yes", "!"],
      },
      { file: `${dir}/b`, sentences: [], tokens: [] },
    ]);
  }));

test("tokenize reads standard input as -", async () => {
  const { code, lines } = await run(["-"], "One. Two.");
  assertEquals(code, 0);
  assertEquals(lines, [
    { file: "-", sentences: ["One.", "Two."], tokens: ["One", ".", "Two", "."] },
  ]);
});

test("tokenize reads the files that a list names, after those of the command line", () =>
  inFolder(async (dir) => {
    for (const name of ["a", "b", "c d"]) Deno.writeTextFileSync(`${dir}/${name}`, name);
    Deno.writeTextFileSync(`${dir}/list`, `${dir}/b\r\n\n${dir}/c d`);
    const fromFile = await run(["--list", `${dir}/list`, `${dir}/a`]);
    assertEquals(fromFile.lines.map(({ tokens }) => tokens), [["a"], ["b"], ["c", "d"]]);
    const fromInput = await run(["--list", "-"], `${dir}/b\n${dir}/a\n`);
    assertEquals(fromInput.lines.map(({ tokens }) => tokens), [["b"], ["a"]]);
  }));

test("tokenize reads ISO-8859-1 unless told that it is UTF-8", () =>
  inFolder(async (dir) => {
    Deno.writeFileSync(`${dir}/a`, new Uint8Array([0x61, 0x85, 0x62, 0x92, 0xe9]));
    Deno.writeTextFileSync(`${dir}/b`, "\ufeffé 😀");
    assertEquals((await run([`${dir}/a`])).lines[0]!.tokens, ["a", "b\u0092é"]);
    const utf8 = await run(["--encoding", "utf8", `${dir}/b`]);
    assertEquals(utf8.lines[0]!.tokens, ["\ufeffé", "😀"]);
    const { code, stderr } = await run(["--encoding", "utf8", `${dir}/a`]);
    assertEquals(code, 1);
    assertEquals(
      stderr,
      `error: Cannot read "${dir}/a": byte 0x85 at offset 1 is not UTF-8; name the encoding, e.g. --encoding latin1\n`,
    );
  }));

test("tokenize takes Punkt's parameters from the data folder where it has them", () =>
  inFolder(async (dir) => {
    const text = "It weighs approx. 5.";
    assertEquals((await run(["-"], text)).lines[0]!.sentences, ["It weighs approx.", "5."]);
    const parameters = new PunktParameters();
    parameters.abbrevTypes.add("approx");
    await writePunktTab(`${dir}/punkt/english`, parameters);
    const byOption = await run(["--data", dir, "-"], text);
    assertEquals(byOption.lines[0]!.sentences, [text]);
    const byVariable = await run(["-"], text, { HEATWORD_DATA: dir });
    assertEquals(byVariable.lines[0]!.sentences, [text]);
  }));

test("tokenize --train-punkt writes tables that it can use", () =>
  inFolder(async (dir) => {
    const text = "They saw Dr. Who, Dr. No and Dr. Ito today\n";
    Deno.writeTextFileSync(`${dir}/a`, text.repeat(5));
    Deno.writeTextFileSync(`${dir}/b`, text.repeat(5));
    const out = `${dir}/data/punkt/english`;
    const { code, lines } = await run(["--train-punkt", out, `${dir}/a`, `${dir}/b`]);
    assertEquals([code, lines], [0, []]);
    assertEquals((await readPunktTab(out)).abbrevTypes, new Set(["dr"]));
    assertEquals([...Deno.readDirSync(out)].map(({ name }) => name).sort(), [
      "abbrev_types.txt",
      "collocations.tab",
      "ortho_context.tab",
      "sent_starters.txt",
    ]);
    const { lines: [used] } = await run(["--data", `${dir}/data`, "-"], "Dr. Oz came.");
    assertEquals(used!.sentences, ["Dr. Oz came."]);
  }));

test("tokenize says in one line what it cannot read, and keeps what it has written", () =>
  inFolder(async (dir) => {
    Deno.writeTextFileSync(`${dir}/a`, "x");
    const { code, lines, stderr } = await run([`${dir}/a`, `${dir}/none`, `${dir}/a`]);
    assertEquals([code, lines.length], [1, 1]);
    assertEquals(stderr, `error: Cannot read "${dir}/none": there is no such file\n`);
    assertStringIncludes((await run([dir])).stderr, "it is a folder");
    assertStringIncludes((await run(["--list", `${dir}/none`])).stderr, "there is no such file");
  }));

test("tokenize exits with 2 for wrong arguments", async () => {
  for (
    const [args, message] of [
      [[], "Cannot tokenize nothing"],
      [["--encoding", "ebcdic", "-"], 'Unknown encoding "ebcdic"'],
      [["--lsit", "x"], '"--lsit"'],
      [["--list"], "--list needs a value"],
    ] as const
  ) {
    const { code, stderr } = await run([...args]);
    assertEquals(code, 2);
    assertStringIncludes(stderr, message);
  }
});

test("tokenize --help tells all options", async () => {
  const { code, lines } = await run(["--help"]);
  assertEquals(code, 0);
  const help = lines.join("\n");
  for (const option of ["--list", "--strip-header", "--encoding", "--data", "--train-punkt"]) {
    assertStringIncludes(help, option);
  }
});

test("tokenize ends quietly when nobody reads its output any more", () =>
  inFolder(async (dir) => {
    Deno.writeTextFileSync(`${dir}/a`, "word ".repeat(20_000));
    Deno.writeTextFileSync(`${dir}/list`, `${dir}/a\n`.repeat(200));
    const child = spawn(["--list", `${dir}/list`]);
    await child.stdin.close();
    await child.stdout.cancel();
    const stderr = saidBy(await new Response(child.stderr).text());
    assertEquals([(await child.status).code, stderr], [0, ""]);
  }));
