import { checkModel } from "@heatword/core/check";
import { openModel } from "@heatword/core/models";
import { saveWordCnn, WordCnn } from "@heatword/core/word-cnn";
import "@heatword/datasets/tokenizers";
import { assertEquals, assertMatch } from "@std/assert";
import { testPermitted } from "../../_skip.ts";
import { madeParameters } from "../models/word_cnn/_made_model.ts";

const test = testPermitted("read", "write", "env", "run", "net");

/** What is wrong with a model that is opened by its name. */
async function failuresOf(spec: string) {
  const model = await openModel(spec);
  try {
    const { results } = await checkModel(model);
    return results.filter(({ status }) => status === "failed");
  } finally {
    await model.close?.();
  }
}

test("a model of any kind is checked, and what is wrong with it is found", async (t) => {
  const folder = await Deno.makeTempDir({ prefix: "heatword-kinds-" });
  let isBroken = false;
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { texts } = await request.json() as { texts: string[] };
      const longest = Math.max(...texts.map(({ length }) => length));
      const scores = texts.map(({ length }) => [isBroken ? longest : length, 1]);
      return Response.json({ classes: ["long", "short"], scores });
    },
  );
  /** A program in the language of the shell, which gives each text of a question the same scores. */
  const command = (score: string) =>
    `command: sh -c 'n=0; while read -r line; do n=$((n+1)); rows=; ` +
    // A text for every comma between two of them, plus one; those of the kit hold no `","` themselves.
    `rest="$line"; while :; do rows="$rows,[${score},1]"; case "$rest" in *\\",\\"*) ` +
    `rest="\${rest#*\\",\\"}";; *) break;; esac; done; ` +
    `echo "{\\"classes\\":[\\"a\\",\\"b\\"],\\"scores\\":[\${rows#,}]}"; done'`;
  const file = async (name: string, predict: string) => {
    const path = `${folder}/${name}.js`;
    await Deno.writeTextFile(path, `export default { classes: ["a", "b"], predict: ${predict} };`);
    return path;
  };
  try {
    const parameters = madeParameters(1);
    await saveWordCnn(`${folder}/good`, new WordCnn(parameters));
    // All numbers are finite, but not their sum.
    parameters.convolutionBias.fill(1);
    parameters.denseWeights.fill(3e38);
    await saveWordCnn(`${folder}/bad`, new WordCnn(parameters));
    const cases: [kind: string, good: string, bad: string, said: RegExp][] = [
      [
        "module",
        await file("good", "(texts) => texts.map(() => [0.5, 0.5])"),
        await file("bad", "(texts) => texts.map((text) => text === '' ? [] : [0.5, 0.5])"),
        /gave 0 scores for "", but there are 2 classes, for a text of no word/,
      ],
      ["command", command("3"), command("$n"), /gets other scores the second time/],
      [
        "server",
        `http://127.0.0.1:${server.addr.port}/good`,
        `http://127.0.0.1:${server.addr.port}/bad`,
        /scores together with others and alone differ/,
      ],
      ["folder", `${folder}/good`, `${folder}/bad`, /the score for class ".*" is -?(NaN|Infinity)/],
    ];
    for (const [kind, good, bad, said] of cases) {
      await t.step(kind, async () => {
        isBroken = false;
        assertEquals(await failuresOf(good), []);
        isBroken = true;
        assertMatch((await failuresOf(bad)).map(({ detail }) => detail).join("\n"), said);
      });
    }
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
});
