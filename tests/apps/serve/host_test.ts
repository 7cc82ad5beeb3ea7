import { assertEquals, assertMatch } from "@std/assert";
import { madeModelFolder } from "../_made_model.ts";
import { rawRequest, runServe, spawnServer, withServer } from "./_server.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write", "env", "run", "net", "sys");

/** An address of this machine that other machines could use; none where there is no network. */
function ownAddress(): string | undefined {
  return Deno.networkInterfaces()
    .find(({ family, address }) => family === "IPv4" && !address.startsWith("127."))?.address;
}

test("deno task serve listens where --host says, with the permissions of its task", async (t) => {
  const model = await madeModelFolder();
  const own = ownAddress();
  const cases: [host: string, url: RegExp, from: string[]][] = [
    ["0.0.0.0", /^http:\/\/127\.0\.0\.1:\d+$/, ["127.0.0.1", ...(own ? [own] : [])]],
    ["localhost", /^http:\/\/localhost:\d+$/, ["localhost"]],
    ["127.0.0.2", /^http:\/\/127\.0\.0\.2:\d+$/, ["127.0.0.2"]],
    ["[::1]", /^http:\/\/\[::1\]:\d+$/, ["[::1]"]],
    ...(own ? [[own, /^http:\/\/[\d.]+:\d+$/, [own]] as [string, RegExp, string[]]] : []),
  ];
  try {
    for (const [host, expected, from] of cases) {
      await t.step(host, async () => {
        const args = ["--port", "0", "--model", model, "--workers", "1", "--host", host];
        const [server, url] = await spawnServer(args);
        try {
          assertMatch(url, expected);
          for (const name of from) {
            const response = await fetch(`http://${name}:${new URL(url).port}/api/classes`);
            assertEquals([name, response.status], [name, 200]);
            await response.body?.cancel();
          }
        } finally {
          server.kill("SIGTERM");
          assertEquals((await server.status).code, 0);
        }
      });
    }
  } finally {
    await Deno.remove(model, { recursive: true });
  }
});

test("a server on every address goes by addresses, and by no name it was not given", async () => {
  await withServer(async (url) => {
    const ask = async (host: string) => {
      const answer = await rawRequest(
        url,
        `GET /api/classes HTTP/1.1\r\nHost: ${host}\r\nConnection: close\r\n\r\n`,
      );
      return Number(answer.split(" ")[1]);
    };
    for (
      const host of ["192.168.1.5", "10.0.0.7:8000", "[fe80::1]:8000", "heat.lan", "localhost"]
    ) {
      assertEquals([host, await ask(host)], [host, 200]);
    }
    for (const host of ["evil.example", "192.168.1.5.evil.example", "1.2.3", "[evil]", "fe80::1"]) {
      assertEquals([host, await ask(host)], [host, 421]);
    }
  }, { host: "0.0.0.0", allowedHosts: ["heat.lan"], workers: 1 });
});

test("deno task serve says in one line what is wrong with --host", async () => {
  const model = await madeModelFolder();
  const cases: [host: string, code: number, said: RegExp][] = [
    ["http://x", 2, /^error: Option --host takes an address or a name, without a port, not "http:/],
    ["127.0.0.1:80", 2, /^error: Option --host takes an address/],
    ["", 2, /^error: Option --host takes an address/],
    [
      "203.0.113.77",
      1,
      /^error: Cannot listen on 203.0.113.77:0: this machine has no such address/,
    ],
  ];
  for (const [host, code, said] of cases) {
    const args = ["--port", "0", "--model", model, "--workers", "1", `--host=${host}`];
    const found = await (await runServe(args)).output();
    const lines = new TextDecoder().decode(found.stderr).trim();
    assertMatch(lines, said);
    assertEquals([lines.split("\n").length, found.code], [1, code]);
  }
  await Deno.remove(model, { recursive: true });
});
