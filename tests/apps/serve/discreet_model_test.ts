import { isUnavailable, ModelUnavailable } from "@heatword/core";
import { modelFromCommand, modelFromServer } from "@heatword/core/models";
import { type HostedModel, ModelHost } from "@heatword/core/remote";
import "@heatword/datasets/tokenizers";
import { assert, assertEquals, assertRejects, assertThrows } from "@std/assert";
import { discreetModel } from "../../../apps/serve/_discreet_model.ts";
import { testPermitted } from "../../_skip.ts";
import { postBatch, postExplain, withServer } from "./_server.ts";

const URL_OF_MODEL = "https://h.example/m?key=SECRET";
const MORE = "the server's terminal says more";

/** What is told of an error of a model, and what its terminal says. */
async function tell(error: Error, spec = URL_OF_MODEL, name = "server 1") {
  const said: string[] = [];
  const failing: HostedModel = {
    classes: ["a"],
    read: () => {
      throw error;
    },
    encode: () => {
      throw error;
    },
    scores: () => Promise.reject(error),
  };
  const model = discreetModel(failing, { spec, name, onFault: (line) => said.push(line) });
  const told = await assertRejects(async () => await model.scores({ length: 0 } as never), Error);
  // What is said of reading is the same; the terminal is told once.
  assertEquals(assertThrows(() => model.read("a"), Error).message, told.message);
  assertEquals(assertThrows(() => model.encode({} as never), Error).message, told.message);
  assertEquals(said, [error.message]);
  return told;
}

Deno.test("of an error of a model no address and no command is told", async () => {
  const command = "command: ask --token 'SECRET' --says: SECRET";
  const who = "The command \"ask --token 'SECRET' --says: SECRET\"";
  const cases: [error: Error, spec: string, told: string][] = [
    [new Error(`${URL_OF_MODEL} answers 500: SECRET`), URL_OF_MODEL, `answers 500: ${MORE}`],
    [
      new ModelUnavailable(`${URL_OF_MODEL} answers 302, a redirect to ${URL_OF_MODEL}`),
      URL_OF_MODEL,
      `answers 302: ${MORE}`,
    ],
    [
      new ModelUnavailable(`${URL_OF_MODEL} cannot be reached (url (${URL_OF_MODEL}))`),
      URL_OF_MODEL,
      `gives no answer: ${MORE}`,
    ],
    [
      new ModelUnavailable(`1 request was made to ${URL_OF_MODEL}, and no more are allowed`),
      URL_OF_MODEL,
      `gives no answer: ${MORE}`,
    ],
    [new TypeError(`${who} says: too long`), command, "says: too long"],
    [
      new TypeError(`${who} says: ${URL_OF_MODEL} is down`),
      command,
      "says: … is down",
    ],
    [new TypeError(`${who} gave no "scores"`), command, `did not take the text: ${MORE}`],
    [new ModelUnavailable(`${who} ended: SECRET`), command, `gives no answer: ${MORE}`],
    // What does not begin as known is not told, whatever it looks like.
    [new TypeError("SECRET says: SECRET"), command, `did not take the text: ${MORE}`],
    [new RangeError("SECRET answers 401"), URL_OF_MODEL, `did not take the text: ${MORE}`],
  ];
  for (const [error, spec, expected] of cases) {
    const told = await tell(error, spec);
    assertEquals(told.message, `The model "server 1" ${expected}`);
    assertEquals(
      [isUnavailable(told), told instanceof TypeError, told instanceof RangeError],
      [isUnavailable(error), error instanceof TypeError, error instanceof RangeError],
    );
  }
});

Deno.test("the terminal is told again of what happens after an answer", async () => {
  const said: string[] = [];
  let fails = true;
  const model = discreetModel({
    classes: ["a"],
    read: () => ({ tokens: [] }) as never,
    encode: () => ({ length: 0 }),
    scores: () => {
      if (fails) throw new Error("no");
      return new Float64Array([3]);
    },
  }, { spec: "x", name: "x", onFault: (line) => said.push(line) });
  const ask = () => Promise.resolve(model.scores({ length: 0 })).then(([one]) => one, () => "none");
  const answers = [await ask(), await ask()];
  fails = false;
  answers.push(await ask());
  fails = true;
  answers.push(await ask());
  assertEquals(answers, ["none", "none", 3, "none"]);
  assertEquals(said, ["no", "no"]);
});

const test = testPermitted("read", "write", "env", "run", "net");

/** A program that is a model until a text has the word "stop"; to "long" it says that it is. */
const program = `
const lines = Deno.stdin.readable.pipeThrough(new TextDecoderStream());
for await (const line of lines) {
  const { texts } = JSON.parse(line);
  if (texts.some((text) => text.includes("stop"))) throw new Error("SECRET");
  const answer = texts.some((text) => text.includes("long"))
    ? { error: "too long" }
    : { classes: ["a", "b"], scores: texts.map(() => [1, 0]) };
  console.log(JSON.stringify(answer));
}
`;

test("what models behind addresses and commands throw begins as discreetModel() knows it", async () => {
  const folder = await Deno.makeTempDir();
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { texts } = await request.json() as { texts: string[] };
      if (texts.some((text) => text.includes("stop"))) return new Response("", { status: 403 });
      return Response.json(
        texts.some((text) => text.includes("long"))
          ? { error: "too long" }
          : { classes: ["a", "b"], scores: texts.map(() => [1, 0]) },
      );
    },
  );
  try {
    await Deno.writeTextFile(`${folder}/model.js`, program);
    const command = `${Deno.execPath()} run -q ${folder}/model.js SECRET`;
    const url = `http://127.0.0.1:${server.addr.port}/?key=SECRET`;
    const models = [
      { spec: url, open: () => modelFromServer(url), gone: `answers 403: ${MORE}` },
      {
        spec: `command: ${command}`,
        open: () => modelFromCommand(command),
        gone: `gives no answer: ${MORE}`,
      },
    ];
    for (const { spec, open, gone } of models) {
      const said: string[] = [];
      const model = await open();
      try {
        const onFault = (line: string) => said.push(line);
        const host = new ModelHost(discreetModel(model, { spec, name: "mine", onFault }));
        const ask = (text: string) => host.scores({ text, deleted: [[]] });
        assertEquals(await ask("short"), [[1, 0]]);
        const long = await assertRejects(() => ask("long"), TypeError);
        assertEquals(long.message, 'The model "mine" says: too long');
        const none = await assertRejects(() => ask("stop"), Error);
        assertEquals([none.message, isUnavailable(none)], [`The model "mine" ${gone}`, true]);
        assertEquals(said.length, 2);
        assert(said.every((line) => line.includes("SECRET")), said.join("\n"));
      } finally {
        await model.close?.();
      }
    }
  } finally {
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
});

test("no answer of a server holds the address or the command of a model", async () => {
  const folder = await Deno.makeTempDir();
  let refuses = false;
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const { texts } = await request.json() as { texts: string[] };
      if (refuses) return new Response("SECRET", { status: 500 });
      return Response.json({ classes: ["a", "b"], scores: texts.map(() => [1, 0]) });
    },
  );
  const said: string[] = [];
  const before = console.error;
  console.error = (line: string) => void said.push(line);
  try {
    await Deno.writeTextFile(`${folder}/model.js`, program);
    const model = `http://127.0.0.1:${server.addr.port}/m?key=SECRET`;
    const compare = `command: ${Deno.execPath()} run -q ${folder}/model.js SECRET`;
    await withServer(async (url) => {
      refuses = true;
      const about = async (path: string) => await (await fetch(`${url}${path}`)).text();
      const asked = async (path: string, body: unknown) => {
        const headers = { "content-type": "application/json" };
        const given = { method: "POST", headers, body: JSON.stringify(body) };
        return await (await fetch(`${url}${path}`, given)).text();
      };
      const failing = { server: "short", command: "stop" };
      const answers = [
        await asked("/model/scores", { text: failing.server, deleted: [[]] }),
        await (await postExplain(url, { text: failing.server })).text(),
        await (await postBatch(url, { texts: [failing.server] })).text(),
        await (await postExplain(url, { text: "long", model: "command" })).text(),
        await (await postExplain(url, { text: failing.command, model: "command" })).text(),
        await asked("/compare/model/scores", { text: failing.command, deleted: [[]] }),
      ];
      for (const answer of answers) {
        assertEquals(/The model \\"(\w+)/.test(answer) || /terminal/.test(answer), true, answer);
      }
      const told = [
        "/model/about",
        "/compare/model/about",
        "/model",
        "/api/models",
        "/openapi.json",
      ];
      for (const path of told) answers.push(await about(path));
      for (const answer of answers) {
        assert(!/SECRET|127\.0\.0\.1|model\.js/.test(answer), answer);
      }
      const lines = said.join("\n");
      assert(lines.includes(`error: server: ${model} answers 500`), lines);
      assert(lines.includes("error: command: The command "), lines);
    }, { model, compare, workers: 1 });
  } finally {
    console.error = before;
    await server.shutdown();
    await Deno.remove(folder, { recursive: true });
  }
});
