import { assertEquals, assertMatch } from "@std/assert";
import { testPermitted } from "../_skip.ts";
import { root } from "./_run_program.ts";

const test = testPermitted("read", "write", "env", "run", "net");

/** Runs explain with all permissions but the network, unless it is given. */
async function explain(args: readonly string[], env: Record<string, string>, network = true) {
  const { code, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: [
      ...["run", "-q", "--no-prompt", "--allow-read", "--allow-write", "--allow-env"],
      ...(network ? ["--allow-net=127.0.0.1"] : []),
      "apps/explain.ts",
      ...args,
    ],
    env: { NO_COLOR: "1", ...env },
    cwd: root,
  }).output();
  const [out, said] = [stdout, stderr].map((bytes) => new TextDecoder().decode(bytes));
  return { code, stdout: out!, stderr: said! };
}

test("explain asks a server with the headers of the environment, and not too often", async () => {
  const seen: (string | null)[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      seen.push(request.headers.get("authorization"));
      const { texts } = await request.json();
      const scores = texts.map((text: string) => [text.split("good").length - 1, 0.5]);
      return Response.json({ classes: ["praise", "other"], scores });
    },
  );
  const url = `http://127.0.0.1:${server.addr.port}/`;
  const env = { HEATWORD_MODEL_HEADERS: '{"Authorization": "Bearer me"}' };
  try {
    const args = ["a good film", "--model", url, "--format", "json"];
    const found = await explain([...args, "--max-requests", "9"], env);
    assertEquals(found.code, 0, found.stderr);
    const { explainer, classes, relevance } = JSON.parse(found.stdout);
    assertEquals([explainer, relevance], ["occlusion", [0, 1, 0]], JSON.stringify(classes));
    // The trial text, the text, and all of it with one word deleted.
    assertEquals(seen, ["Bearer me", "Bearer me", "Bearer me"]);
    const stopped = await explain([...args, "--max-requests", "2"], env);
    assertEquals([stopped.code, stopped.stdout], [1, ""]);
    assertMatch(
      stopped.stderr,
      /\nerror: 2 requests were made to http:\S+, and no more are allowed: .*\n$/,
    );
    const refused = await explain(args, env, false);
    assertEquals(refused.code, 1);
    assertMatch(
      refused.stderr,
      /^error: Option --model needs permission to use the network: deno run -P --allow-net=\S+ apps\/explain\.ts .*\n$/,
    );
  } finally {
    await server.shutdown();
  }
});
