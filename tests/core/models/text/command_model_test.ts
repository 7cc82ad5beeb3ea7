import { Coalitions, explain, type Model } from "@heatword/core";
import { modelFromCommand, openModel } from "@heatword/core/models";
import "@heatword/datasets/tokenizers";
import "@heatword/explainers/occlusion";
import {
  assert,
  assertAlmostEquals,
  assertEquals,
  assertRejects,
  assertStringIncludes,
} from "@std/assert";
import { fileURLToPath } from "node:url";
import {
  firstReason,
  lacksPermission,
  lacksProgram,
  lacksPython,
  testPermitted,
  testWith,
} from "../../../_skip.ts";

const test = testPermitted("read", "write", "run");
const examples = fileURLToPath(new URL("../../../../examples/", import.meta.url));

/** A command that runs what a shell does with each line, in `$line`; `$n` counts them. */
const shell = (loop: string, before = ":", after = ":") =>
  `sh -c 'n=0; ${before}; while read -r line; do n=$((n+1)); ${loop}; done; ${after}'`;

const first = '{"classes":["a","b"],"scores":[[1,2]]}';

async function scoresOf(model: Model, text = "one two"): Promise<number[]> {
  return [...await model.scores(model.encode(model.read(text)))];
}

test("a command is started once, asked in batches, and ended with the model", async () => {
  const folder = await Deno.makeTempDir({ prefix: "heatword-command-" });
  try {
    const command = shell(
      `echo "$line" >> ${folder}/log; case $n in ` +
        `1) echo "{\\"classes\\":[\\"a\\",\\"b\\"],\\"scores\\":[[0.5,2]]}";; ` +
        `2) echo "{\\"classes\\":[\\"b\\",\\"a\\"],\\"scores\\":[[1,10],[2,20]]}";; ` +
        `3) echo "{\\"classes\\":[\\"a\\",\\"b\\"],\\"scores\\":[[30,3]]}";; esac`,
      `echo start >> ${folder}/log`,
      `echo end >> ${folder}/log`,
    );
    const model = await modelFromCommand(command, { batchSize: 2 });
    const input = model.encode(model.read("x y"));
    const scores = await model.scores(input, Coalitions.without(2, [[], [0], [1], [0]]));
    // The classes of the second answer stand in another order.
    assertEquals([...scores], [10, 1, 20, 2, 30, 3, 20, 2]);
    await model.close?.();
    await model.close?.();
    assertEquals((await Deno.readTextFile(`${folder}/log`)).trimEnd().split("\n"), [
      "start",
      '{"texts":["This is a text."]}',
      '{"texts":["x y","y"]}',
      '{"texts":["x"]}',
      "end",
    ]);
    await assertRejects(() => scoresOf(model, "z"), Error, "was ended before");
  } finally {
    await Deno.remove(folder, { recursive: true });
  }
});

test("a command that is no model is told so in one line, with what it said last", async (t) => {
  const answer = (json: string) => shell(`echo "${json.replaceAll('"', '\\"')}"`);
  const cases: [name: string, command: string, message: string][] = [
    [
      "it ends",
      "sh -c 'echo one >&2; echo no luck >&2; exit 3'",
      "ended with exit code 3 and gave no answer; it says: one | no luck",
    ],
    ["there is none", "no-such-program-anywhere", "ended with exit code 127"],
    [
      "no JSON",
      shell("echo hello"),
      'wrote a line that is not JSON, "hello": only answers belong on its standard output',
    ],
    ["no classes", answer('{"scores":[[1]]}'), 'gave no "classes", a list of names that differ'],
    ["classes twice", answer('{"classes":["a","a"],"scores":[[1,2]]}'), 'gave no "classes"'],
    ["no scores", answer('{"classes":["a"]}'), 'gave no "scores", only "classes"'],
    ["no rows", answer('{"classes":["a"],"scores":[]}'), "gave 0 rows of scores for 1 texts"],
    ["too few", answer('{"classes":["a","b"],"scores":[[1]]}'), "gave 1 scores for"],
    ["no number", answer('{"classes":["a","b"],"scores":[[1,null]]}'), 'gave null for class "b"'],
    ["its own error", answer('{"error":"the file is gone"}'), "says: the file is gone"],
    [
      "no probabilities",
      answer('{"classes":["a","b"],"probabilities":[[1,2]]}'),
      '2 is among them; if they are scores before softmax, call them "scores"',
    ],
  ];
  for (const [name, command, message] of cases) {
    await t.step(name, async () => {
      await assertRejects(
        () => modelFromCommand(command),
        Error,
        message,
      );
    });
  }
});

test("a command that fails later gives no wrong numbers", async (t) => {
  const later = (then: string) =>
    shell(`if [ $n = 1 ]; then echo "${first.replaceAll('"', '\\"')}"; else ${then}; fi`);
  const say = (json: string) => `echo "${json.replaceAll('"', '\\"')}"`;
  const cases: [then: string, message: string][] = [
    [
      "echo out of memory >&2; exit 9",
      "ended with exit code 9 and gave no answer; it says: out of memory",
    ],
    [
      say('{"classes":["a","c"],"scores":[[1,2]]}'),
      'gave the classes "a", "c", but before "a", "b"',
    ],
    [
      say('{"classes":["a","b","c"],"scores":[[1,2,3]]}'),
      'gave the classes "a", "b", "c", but before',
    ],
    [say('{"classes":["a","b"],"scores":[[1,2],[3,4]]}'), "gave 2 rows of scores for 1 texts"],
    [say('{"classes":["a","b"],"scores":[[1,NaN]]}'), 'gave the text "NaN" for class "b" of "one'],
    [say('{"classes":["a","b"],"scores":[[-Infinity,1]]}'), 'gave the text "-Infinity" for class'],
    ["tr x y < /dev/zero", "wrote a line of more than 64 MiB, which scores never are"],
  ];
  for (const [then, message] of cases) {
    await t.step(message, async () => {
      const model = await modelFromCommand(later(then));
      try {
        await assertRejects(() => scoresOf(model), Error, message);
      } finally {
        await model.close?.();
      }
    });
  }
});

test("no answer is taken for that to another question", async (t) => {
  const answer = 'echo "{\\"classes\\":[\\"a\\",\\"b\\"],\\"scores\\":[[$n,0]]}"';
  const twice = 'echo "{\\"classes\\":[\\"a\\",\\"b\\"],\\"scores\\":[[7,0],[7,0]]}"';
  const cases: [name: string, third: string, message: string][] = [
    // Both at once, so that none is on its way when the next question is asked.
    [
      "two answers to one question",
      `both=$(${answer}; ${answer}); echo "$both"`,
      "wrote more than one line for a question",
    ],
    ["a word beside the answer", `echo loading; ${answer}`, 'a line that is not JSON, "loading"'],
    ["an answer to two questions", twice, "gave 2 rows of scores for 1 texts"],
  ];
  for (const [name, third, message] of cases) {
    await t.step(name, async () => {
      const model = await modelFromCommand(
        shell(`if [ $n = 3 ]; then ${third}; echo >&2; else ${answer}; fi`),
      );
      try {
        assertEquals(await scoresOf(model, "before"), [2, 0]);
        const found: unknown[] = [];
        for (const text of ["it", "after", "later"]) {
          found.push(await scoresOf(model, text).catch((error: Error) => error.message));
        }
        const [now, ...later] = found.map(String);
        // What had an answer of its own is right; nothing after it is believed.
        assert(now === "3,0" || now!.includes(message), now);
        for (const text of later) assertStringIncludes(text, message);
      } finally {
        await model.close?.();
      }
    });
  }
});

test("scores that look like probabilities are noted, and probabilities become logarithms", async () => {
  const give = (name: string) =>
    modelFromCommand(shell(`echo "{\\"classes\\":[\\"a\\",\\"b\\"],\\"${name}\\":[[0.25,0.75]]}"`));
  const [scores, probabilities] = [await give("scores"), await give("probabilities")];
  try {
    assertEquals(await scoresOf(scores), [0.25, 0.75]);
    assertEquals(scores.notes?.[0]?.slice(0, 33), "the scores sum up to 1 as probabi");
    assertEquals(await scoresOf(probabilities), [Math.log(0.25), Math.log(0.75)]);
    assertEquals(probabilities.notes, undefined);
  } finally {
    await scores.close?.();
    await probabilities.close?.();
  }
});

testWith(
  firstReason(lacksPermission("read", "run"), lacksProgram("python3")),
  "the example in Python is explained as it counts",
  async () => {
    const model = await openModel(`command: python3 ${examples}toy.py`);
    try {
      const input = model.encode(model.read("A good film, but an awful end"));
      assertEquals([...(await explain("occlusion", model, input, 0)).words], [
        0,
        1.5,
        0,
        0,
        0,
        -2,
        0,
      ]);
    } finally {
      await model.close?.();
    }
  },
);

testWith(
  firstReason(lacksPermission("read", "run"), lacksPython("sklearn")),
  "a pipeline of scikit-learn is explained",
  async () => {
    const model = await openModel(`command: python3 ${examples}sklearn_pipeline.py`);
    try {
      assertEquals(model.classes, ["bad", "good"]);
      const input = model.encode(model.read("a smooth loud engine"));
      const [bad, good] = await model.scores(input);
      assertAlmostEquals(Math.exp(bad!) + Math.exp(good!), 1, 1e-9);
      const { words } = await explain("occlusion", model, input, 1);
      // It has learned that smooth is good, and loud is bad.
      assertEquals([Math.sign(words[1]!), Math.sign(words[2]!)], [1, -1]);
    } finally {
      await model.close?.();
    }
  },
);
