import { assertEquals } from "@std/assert";
import { checkGiven } from "../../apps/reproduce/_beyond_models.ts";
import { testPermitted } from "../_skip.ts";
import { runProgram } from "./_run_program.ts";

const test = testPermitted("read", "write", "env", "run", "net");

const HEADERS = { HEATWORD_MODEL_HEADERS: '{"Authorization": "Bearer me"}' };

/** Two servers that are models, on ports and so origins of their own; counts what arrives at them. */
async function withServers(
  work: (origins: readonly [string, string], arrived: () => number) => Promise<void>,
): Promise<void> {
  let requests = 0;
  const servers = [0, 1].map(() =>
    Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, async (request) => {
      requests++;
      const { texts } = await request.json() as { texts: string[] };
      return Response.json({ classes: ["a", "b"], scores: texts.map(() => [1, 0]) });
    })
  );
  const [one, other] = servers.map(({ addr }) => `http://127.0.0.1:${addr.port}`);
  try {
    await work([one!, other!], () => requests);
  } finally {
    await Promise.all(servers.map((server) => server.shutdown()));
  }
}

const refusal = (origins: readonly string[]) =>
  `The headers of $HEATWORD_MODEL_HEADERS would be sent to both ${origins[0]} and ${origins[1]}: ` +
  'unset it, or name one of the models as a "command: …" that asks its server';

/** The programs that open several models, and how they are named. */
const programs: Readonly<
  Record<string, (one: string, other: string, folder: string) => readonly string[]>
> = {
  trust: (one, other, folder) => ["--model", one, "--model", other, "--out", `${folder}/out`],
  diff: (one, other, folder) => [one, other, "--corpus", "miniature", "--out", `${folder}/out`],
  serve: (one, other) => ["--model", one, "--compare-model", other, "--port", "0"],
  report: (one, other, folder) => [
    ...["--single-file", "--model", one, "--compare-model", other, "--out", `${folder}/page.html`],
  ],
  "check-model": (one, other) => [one, other],
};

/** May do more than its task, as the servers of models are asked. */
const permissions = ["-A"];

for (const [name, args] of Object.entries(programs)) {
  test(`${name} sends the headers for one server to no other`, async () => {
    const folder = await Deno.makeTempDir();
    try {
      await withServers(async (origins, arrived) => {
        const [one, other] = origins.map((origin) => `${origin}/?key=SECRET`) as [string, string];
        const found = await runProgram(name, args(one, other, folder), {
          env: HEADERS,
          permissions,
        });
        assertEquals(found.stderr, `error: ${refusal(origins)}\n`);
        assertEquals([found.code, found.stdout, arrived()], [1, "", 0]);
      });
    } finally {
      await Deno.remove(folder, { recursive: true });
    }
  });
}

test("the model of the environment counts as one of two", () =>
  withServers(async (origins, arrived) => {
    const env = { ...HEADERS, HEATWORD_MODEL: `${origins[0]}/` };
    const args = ["--compare-model", `${origins[1]}/`, "--port", "0"];
    const found = await runProgram("serve", args, { env, permissions });
    assertEquals(found.stderr, `error: ${refusal(origins)}\n`);
    assertEquals([found.code, arrived()], [1, 0]);
  }));

test("models for reproduce on two servers are refused before they are asked", () =>
  withServers(async (origins, arrived) => {
    const before = Deno.env.get("HEATWORD_MODEL_HEADERS");
    Deno.env.set("HEATWORD_MODEL_HEADERS", HEADERS.HEATWORD_MODEL_HEADERS);
    try {
      const models = origins.map((origin) => ({ kind: "linear" as const, folder: `${origin}/` }));
      const said = await checkGiven(models, []).catch(({ message }) => message);
      assertEquals([said, arrived()], [refusal(origins), 0]);
    } finally {
      if (before === undefined) Deno.env.delete("HEATWORD_MODEL_HEADERS");
      else Deno.env.set("HEATWORD_MODEL_HEADERS", before);
    }
  }));
