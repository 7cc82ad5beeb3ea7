import config from "../../../deno.json" with { type: "json" };
import { assert, assertEquals, assertThrows } from "@std/assert";
import { readCommandLine } from "../../../apps/cli/command_line.ts";
import {
  choiceFlag,
  repeatedFlag,
  requiredFlag,
  secondsFlag,
  switchFlag,
  textFlag,
  wholeNumberFlag,
} from "../../../apps/cli/flag_kinds.ts";
import { helpOf } from "../../../apps/cli/help.ts";
import { defineProgram, programCompletions } from "../../../apps/cli/program.ts";
import { programs } from "../../../apps/cli/programs/mod.ts";
import { encodingFlag, explainersFlag, oneExplainerFlag } from "../../../apps/cli/shared_flags.ts";
import { shells } from "../../../apps/cli/completions.ts";
import { UsageError } from "../../../apps/cli/usage_error.ts";
import { lacksProgram, testWith } from "../../_skip.ts";

const demo = defineProgram({
  name: "demo",
  about: "Demonstrates.",
  usage: ["demo [options]"],
  positionals: 1,
  flags: [
    textFlag("out", { value: "FILE", help: "Where to", default: "a.txt" }),
    textFlag("name", { value: "NAME", help: "A name" }),
    wholeNumberFlag("runs", { value: "N", from: 1, to: 9, default: 3, help: "How often" }),
    secondsFlag("limit", { from: 0.1, to: 60, default: 2, help: "How long" }),
    choiceFlag("color", ["red", "blue"], { value: "WHICH", help: "red or blue" }),
    repeatedFlag("plugin", { value: "FILE", help: "A plugin", formerly: ["extension"] }),
    switchFlag("quick", "Be quick", "q"),
    explainersFlag("lrp,sa"),
    encodingFlag("Encoding", "utf-8"),
  ],
});

function read(...args: string[]) {
  const found = readCommandLine(demo, args);
  assert(found !== "help");
  return found;
}

Deno.test("a command line gives defaults for what is not given", () => {
  assertEquals(read(), {
    out: "a.txt",
    name: undefined,
    runs: 3,
    limit: 2,
    color: undefined,
    plugin: [],
    quick: false,
    explainers: undefined,
    encoding: "utf-8",
    completions: undefined,
    help: false,
    positionals: [],
    given: new Set(),
  } as unknown as ReturnType<typeof read>);
});

Deno.test("a command line gives typed values, and tells which were given", () => {
  const found = read(
    ...["--out", "b", "--runs=9", "--limit", "0.5", "--color", "blue", "-q", "--plugin", "x"],
    ...["--plugin", "y", "--explainer", "lrp, sa,lrp", "--encoding", "UTF8", "text"],
  );
  const { out, runs, limit, color, plugin, quick, explainers, encoding, positionals } = found;
  assertEquals([out, runs, limit, color, quick], ["b", 9, 0.5, "blue", true]);
  assertEquals([plugin, explainers, encoding], [["x", "y"], ["lrp", "sa"], "utf-8"]);
  assertEquals(positionals, ["text"]);
  assertEquals(
    [...found.given].sort(),
    ["color", "encoding", "explainers", "limit", "out", "plugin", "quick", "runs"],
  );
  assertEquals(readCommandLine(demo, ["--runs", "x", "-h"]), "help");
});

Deno.test("an option is taken by its former name, with a line that tells the new one", () => {
  const notices: string[] = [];
  const take = (...args: string[]) =>
    (readCommandLine(demo, args, (line) => notices.push(line)) as ReturnType<typeof read>).plugin;
  assertEquals(take("--plugin", "a"), ["a"]);
  assertEquals(notices, []);
  assertEquals(take("--extension", "a", "--extension=b", "--plugin=c"), ["a", "b", "c"]);
  assertEquals(notices, ["note: --extension is now called --plugin"]);
  assertThrows(() => read("--extension"), UsageError, "Option --extension needs a value");
  assertEquals(helpOf(demo).includes("extension"), false);
  for (const shell of shells) {
    assertEquals(programCompletions(demo, shell, {}).includes("extension"), false);
  }
});

Deno.test("a command line is refused in one line that names the option and the value", () => {
  const cases: [args: string[], message: string][] = [
    [["--rns", "3"], 'Unknown option "--rns": did you mean "--runs"?'],
    [["--out"], "Option --out needs a value"],
    [["--explainer"], "Option --explainer needs a value"],
    [["--runs", "0"], 'Option --runs takes a whole number from 1 to 9, not "0"'],
    [["--runs", "10"], 'Option --runs takes a whole number from 1 to 9, not "10"'],
    [["--runs", "1.5"], 'Option --runs takes a whole number from 1 to 9, not "1.5"'],
    [["--runs", "1e0"], 'Option --runs takes a whole number from 1 to 9, not "1e0"'],
    [["--runs="], 'Option --runs takes a whole number from 1 to 9, not ""'],
    [["--limit", "0"], 'Option --limit takes seconds from 0.1 to 60, not "0"'],
    [["--limit="], 'Option --limit takes seconds from 0.1 to 60, not ""'],
    [["--limit", "soon"], 'Option --limit takes seconds from 0.1 to 60, not "soon"'],
    [["--color", "green"], 'Option --color takes one of red, blue, not "green"'],
    [
      ["--explainer", "lrp,,sa"],
      'Option --explainer takes names with commas between, not "lrp,,sa"',
    ],
    [["--explainers=,"], 'Option --explainers takes names with commas between, not ","'],
    [
      ["--encoding", "x"],
      'Unknown encoding "x": give utf-8, latin1 or another of the Encoding Standard',
    ],
    [["a", "b"], 'Cannot take the argument "b"; see --help'],
    [["--completions", "tcsh"], 'Option --completions takes one of bash, zsh, fish, not "tcsh"'],
  ];
  for (const [args, message] of cases) assertThrows(() => read(...args), UsageError, message);
});

Deno.test("what must be given is asked for, but not to print completions", () => {
  const program = defineProgram({
    name: "demo",
    about: "",
    usage: ["demo"],
    flags: [requiredFlag("out", { value: "DIR", help: "Where to" }, "name a folder")],
  });
  assertThrows(
    () => readCommandLine(program, []),
    UsageError,
    "Option --out is missing: name a folder",
  );
  const found = readCommandLine(program, ["--completions", "zsh"]);
  assert(found !== "help");
  assertEquals(found.completions, "zsh");
});

Deno.test("one explainer is one, by either name of the option", () => {
  const program = defineProgram({
    name: "demo",
    about: "",
    usage: ["demo"],
    flags: [oneExplainerFlag("lrp", "Which")],
  });
  const explainer = (...args: string[]) => {
    const found = readCommandLine(program, args);
    assert(found !== "help");
    return found.explainers;
  };
  assertEquals(explainer(), undefined);
  assertEquals(explainer("--explainer", "sa"), "sa");
  assertEquals(explainer("--explainers", "sa"), "sa");
  assertThrows(
    () => explainer("--explainers", "sa,lrp"),
    UsageError,
    'Option --explainers takes one explainer here, not "sa,lrp"',
  );
});

Deno.test("help lists every option with its default", () => {
  assertEquals(
    helpOf(demo),
    `Demonstrates.

Usage: demo [options]

Options:
  --out FILE           Where to; a.txt if not given
  --name NAME          A name
  --runs N             How often; 3 if not given
  --limit S            How long; 2 if not given
  --color WHICH        red or blue
  --plugin FILE        A plugin; may be repeated
  -q, --quick          Be quick
  --explainers, --explainer NAMES
                       Explainers with commas between; lrp,sa if not given
  --encoding NAME      Encoding: utf-8, latin1, windows-1252, …; utf-8 if not given
  --completions SHELL  Print completions for bash, zsh or fish, and end
  -h, --help           Print this help, and end`,
  );
});

/** What a program reads and writes is its own. */
const own = ["file", "out", "format", "corpus", "force", "runs", "against"];

/** What some programs take more than once. */
const several = ["data", "model"];

/** What each program says of in its own words, or with a default of its own. */
const ownWords = [
  "data",
  "documents",
  "model",
  "explainers",
  "encoding",
  "strip-header",
  "json",
  "seeds",
  "workers",
  "time-limit",
  "tokenizer",
];

Deno.test("an option that several programs have is the same in all of them", () => {
  const seen = new Map<string, { program: string; look: unknown }>();
  const shared = new Set<string>();
  for (const { name: program, flags } of programs) {
    for (const flag of flags) {
      const { name, help, aliases, formerly, short, repeat } = flag;
      if (own.includes(name)) continue;
      const look = [
        // Only some programs take several files of texts, or several models.
        [aliases, formerly, short, !several.includes(name) && repeat, flag.value === undefined],
        ownWords.includes(name) ? undefined : [help, flag.value, flag.read(undefined, name)],
      ];
      const before = seen.get(name);
      if (before) {
        shared.add(name);
        assertEquals(look, before.look, `--${name} of ${before.program} and ${program}`);
      } else seen.set(name, { program, look });
    }
  }
  assertEquals([...shared].sort(), [
    ...[
      "batch-size",
      "cache",
      "compare-model",
      "concurrency",
      "data",
      "documents",
      "encoding",
      "example",
      "explainers",
      "fields",
      "id",
      "json",
      "label",
      "max-requests",
      "model",
      "no-header",
      "offline",
      "plugin",
      "quote",
      "request-timeout",
      "seed",
      "seeds",
      "separator",
      "split",
      "split-column",
    ],
    ...["strip-header", "text", "time-limit", "tokenizer", "unit", "vectors", "workers"],
  ]);
});

Deno.test("every program that opens any model takes the options of servers", () => {
  const wanted = ["max-requests", "request-timeout", "concurrency", "batch-size"];
  const having = programs.filter(({ flags }) => {
    const names: string[] = flags.map(({ name }) => name);
    const found = wanted.filter((name) => names.includes(name));
    assert(found.length === 0 || found.length === wanted.length, names.join());
    const opensAny = flags.some(({ name, complete }) => name === "model" && complete === "file");
    assert(!opensAny || found.length > 0, names.join());
    return found.length > 0;
  });
  assertEquals(
    having.map(({ name }) => name).sort(),
    [
      ...["assert", "atlas", "audit", "check-model", "diff", "evaluate", "explain", "report"],
      ...["serve", "trust"],
    ],
  );
});

Deno.test("every program that takes explainers takes them by both names", () => {
  for (const { name: program, flags } of programs) {
    for (const { name, aliases } of flags) {
      if (!/^explainers?$/.test(name)) continue;
      assertEquals([name, aliases], ["explainers", ["explainer"]], program);
    }
  }
});

Deno.test("every program is a task, has a table, and its help fits a terminal", () => {
  const apps = Object.entries(config.tasks)
    .filter(([, { command }]) => / apps\/\w+\.ts$/.test(command)).map(([name]) => name)
    // What makes the package, and the file of all programs, is no part of them.
    .filter((name) => !["build:npm", "compile"].includes(name));
  assertEquals(programs.map(({ name }) => name).sort(), apps.sort());
  for (const program of programs) {
    const help = helpOf(program);
    for (const line of help.split("\n")) assert(line.length <= 100, line);
    for (const { name } of program.allFlags) assert(help.includes(`--${name}`), name);
    assertEquals(readCommandLine(program, ["--help"]), "help");
  }
});

for (const shell of shells) {
  testWith(lacksProgram(shell), `completions of every program are scripts for ${shell}`, () => {
    for (const program of programs) {
      const script = programCompletions(program, shell, { explainers: ["lrp"], targets: ["all"] });
      const { success, stderr } = new Deno.Command(shell, {
        args: ["-n", "-c", script],
        stdin: "null",
      }).outputSync();
      assertEquals([success, new TextDecoder().decode(stderr)], [true, ""], program.name);
      for (const { name } of program.allFlags) assert(script.includes(name), name);
    }
  });
}

testWith(lacksProgram("bash"), "completions of the programs complete in bash", () => {
  const complete = (name: string, ...words: string[]) => {
    const program = programs.find((one) => one.name === name)!;
    const command = program.command ?? name;
    const script = programCompletions(program, "bash", { explainers: ["lrp", "sa"] });
    const { stdout } = new Deno.Command("bash", {
      args: [
        "-c",
        `${script}\nCOMP_WORDS=(${[command, ...words].map((word) => `"${word}"`).join(" ")})
         COMP_CWORD=${words.length}; _${command.replaceAll(/\W/g, "_")}; echo "\${COMPREPLY[*]}"`,
      ],
      stdin: "null",
    }).outputSync();
    return new TextDecoder().decode(stdout).trim();
  };
  assertEquals(complete("evaluate", "--explainer", "s"), "sa");
  assertEquals(complete("reproduce", "--explainers", "lrp,s"), "lrp,sa");
  assertEquals(complete("atlas", "--corpus", "m"), "miniature");
  assertEquals(complete("fetch", "go"), "googlenews");
  assertEquals(complete("export", "--for"), "--format");
  assertEquals(complete("serve", "--allow"), "--allow-host");
});
