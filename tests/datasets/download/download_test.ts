import type { Progress } from "@heatword/core";
import { download, DownloadError, type DownloadOptions } from "@heatword/datasets/download";
import { assert, assertEquals, assertRejects } from "@std/assert";
import { createHash } from "node:crypto";
import { type Answer, type Asked, head, status, withServer } from "./_server.ts";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("read", "write", "net");

const CONTENT = Uint8Array.from({ length: 300_000 }, (_, i) => (i * i + (i >> 8)) % 256);
const SHA256 = createHash("sha256").update(CONTENT).digest("hex");
const QUICK: DownloadOptions = { sha256: SHA256, retryDelayMs: 1, retries: 3, stallMs: 300 };

const right: Answer = (asked, send) =>
  send(head(asked, CONTENT.length), CONTENT.subarray(asked.from ?? 0));

interface Scene {
  readonly url: string;
  readonly target: string;
  readonly requests: Asked[];
  /** Names of the files in the folder of the target. */
  readonly files: () => string[];
}

function scene(answer: Answer, body: (scene: Scene) => Promise<void>): Promise<void> {
  return withServer(answer, async (url, requests) => {
    const dir = await Deno.makeTempDir();
    const files = () => [...Deno.readDirSync(dir)].map(({ name }) => name).sort();
    try {
      await body({ url: `${url}/file`, target: `${dir}/file`, requests, files });
    } finally {
      await Deno.remove(dir, { recursive: true });
    }
  });
}

async function arrives({ url, target, files }: Scene, options = QUICK): Promise<void> {
  await download([url], target, options);
  assertEquals(await Deno.readFile(target), CONTENT);
  assertEquals(files(), ["file"]);
}

async function fails({ url, target, files }: Scene, message: string, options = QUICK) {
  const error = await assertRejects(() => download([url], target, options), DownloadError, message);
  assert(error.message.startsWith("Cannot download file: "));
  assert(!/[\n]/.test(error.message));
  return files();
}

test("download() writes the file and tells how far it is", () =>
  scene(right, async (s) => {
    const steps: Progress[] = [];
    await arrives(s, { ...QUICK, onProgress: (progress) => steps.push(progress) });
    assertEquals(s.requests.length, 1);
    assertEquals(s.requests[0]!.headers.get("accept-encoding"), "identity");
    assertEquals([steps[0]!.done, steps.at(-1)!.done], [0, CONTENT.length]);
    assertEquals(steps.at(-1)!.total, CONTENT.length);
    assertEquals(steps.at(-1)!.task, "Downloading file");
    assertEquals(steps.at(-1)!.unit, "bytes");
  }));

test("download() makes the folders above the target and replaces an older file", () =>
  scene(right, async ({ url, target }) => {
    for (let i = 0; i < 2; i++) {
      await download([url], `${target}.d/e/f`, QUICK);
      assertEquals(await Deno.readFile(`${target}.d/e/f`), CONTENT);
      await Deno.writeTextFile(`${target}.d/e/f`, "older");
    }
  }));

test("download() goes on where a connection was cut", () => {
  const cut: Answer = (asked, send) => {
    const from = asked.from ?? 0;
    return send(head(asked, CONTENT.length), CONTENT.subarray(from, from + 70_000));
  };
  return scene(cut, async (s) => {
    await arrives(s);
    const froms = s.requests.map(({ from }) => from ?? 0);
    assertEquals(froms.length, 5);
    assert(froms.every((from, i) => from === 70_000 * i));
  });
});

test("download() goes on where a connection stalled", () => {
  const stall: Answer = async (asked, send, number) => {
    if (number > 1) return right(asked, send, number);
    await send(head(asked, CONTENT.length), CONTENT.subarray(0, 100_000));
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  };
  return scene(stall, async (s) => {
    await arrives(s);
    assertEquals(s.requests.map(({ from }) => from), [undefined, 100_000]);
  });
});

test("download() gives up a server that never answers", () =>
  scene(() => new Promise((resolve) => setTimeout(resolve, 1_000)), async (s) => {
    const options = { ...QUICK, answerMs: 50 };
    assertEquals(await fails(s, "nothing came for 0.05 s", options), []);
    assertEquals(s.requests.length, 2);
  }));

test("download() says why a server cannot be reached, soon", async () => {
  let address = "";
  await withServer(right, (url) => Promise.resolve(void (address = url)));
  await scene(right, async (s) => {
    assertEquals(await fails({ ...s, url: address }, "onnection refused"), []);
  });
});

test("download() copes with a server that ignores Range", () => {
  const ignoring: Answer = (asked, send, number) => {
    const whole = head({ ...asked, from: undefined }, CONTENT.length);
    return send(whole, CONTENT.subarray(0, number === 1 ? 100_000 : undefined));
  };
  return scene(ignoring, async (s) => {
    await arrives(s);
    assertEquals(s.requests.length, 2);
  });
});

test("download() gives up a server that ignores Range and always cuts", () => {
  const useless: Answer = (asked, send) =>
    send(head({ ...asked, from: undefined }, CONTENT.length), CONTENT.subarray(0, 100_000));
  return scene(useless, async (s) => {
    assertEquals(await fails(s, s.url), ["file.part"]);
    assertEquals(s.requests.length, 5);
  });
});

test("download() does not believe a server that lies", async (t) => {
  const size = CONTENT.length;
  const cases: Record<string, [Answer, string]> = {
    "a length that is too large": [
      (asked, send) => send(head(asked, size + 10), CONTENT.subarray(asked.from ?? 0)),
      "Cannot download file",
    ],
    "a length that is too small": [
      (_, send) => send(`HTTP/1.1 200 OK\r\nContent-Length: ${size - 10}\r\n\r\n`, CONTENT),
      "its SHA-256 is",
    ],
    "no length, and the end is missing": [
      (_, send) => send("HTTP/1.1 200 OK\r\n\r\n", CONTENT.subarray(0, size - 1)),
      "its SHA-256 is",
    ],
    "a byte that is wrong": [
      (asked, send) => send(head(asked, size), CONTENT.map((b, i) => i === 7 ? b ^ 1 : b)),
      `and not ${SHA256}`,
    ],
    "a page instead of the file": [
      (_, send) => send("HTTP/1.1 200 OK\r\nContent-Length: 6\r\n\r\n<html>"),
      "its SHA-256 is",
    ],
    "another part than was asked for": [
      (asked, send) =>
        asked.from === undefined
          ? send(head(asked, size), CONTENT.subarray(0, 1000))
          : send(head({ ...asked, from: 2000 }, size), CONTENT.subarray(2000)),
      "the server sends another part than it was asked for",
    ],
    "a size that changes": [
      (asked, send) => send(head(asked, size + (asked.from ?? 0)), CONTENT.subarray(0, 1000)),
      "it has 301000 bytes there and not 300000",
    ],
    "no HTTP at all": [(_, send) => send("SSH-2.0-OpenSSH\r\n"), "invalid HTTP version"],
  };
  for (const [name, [answer, message]] of Object.entries(cases)) {
    await t.step(name, () => scene(answer, async (s) => void await fails(s, message)));
  }
});

test("download() keeps nothing that is wrong", () => {
  const wrong: Answer = (_, send) =>
    send(head({ path: "", headers: new Headers(), from: undefined }, 3), "abc");
  return scene(wrong, async (s) => {
    assertEquals(await fails(s, "its SHA-256 is"), []);
    await Deno.writeTextFile(s.target, "older");
    assertEquals(await fails(s, "its SHA-256 is"), ["file"]);
    assertEquals(await Deno.readTextFile(s.target), "older");
  });
});

test("download() starts anew when the part that is there does not fit", async (t) => {
  const parts: Record<string, Uint8Array> = {
    "of another file": new Uint8Array(1000),
    "longer than the file": new Uint8Array(CONTENT.length + 5),
    "as long as the file": new Uint8Array(CONTENT.length),
  };
  const strict: Answer = (asked, send, number) =>
    (asked.from ?? 0) < CONTENT.length
      ? right(asked, send, number)
      : send(status("416 Range Not Satisfiable", `Content-Range: bytes */${CONTENT.length}`));
  for (const [name, part] of Object.entries(parts)) {
    await t.step(name, () =>
      scene(strict, async (s) => {
        await Deno.writeFile(`${s.target}.part`, part);
        await arrives(s);
        assertEquals(s.requests.map(({ from }) => from), [part.length, undefined]);
      }));
  }
});

test("download() goes on with the part of a run that was killed", () =>
  scene(right, async (s) => {
    await Deno.writeFile(`${s.target}.part`, CONTENT.subarray(0, 123_456));
    await arrives(s);
    assertEquals(s.requests.map(({ from }) => from), [123_456]);
  }));

test("download() goes on with no part that it could not check", () =>
  scene(right, async (s) => {
    const { sha256: _, ...unchecked } = QUICK;
    await Deno.writeFile(`${s.target}.part`, new Uint8Array(1000));
    await arrives(s, unchecked);
    assertEquals(s.requests.map(({ from }) => from), [undefined]);
  }));

test("download() keeps the part when it is stopped", () => {
  const slow: Answer = async (asked, send) => {
    await send(head(asked, CONTENT.length), CONTENT.subarray(0, 100_000));
    await new Promise((resolve) => setTimeout(resolve, 2_000));
  };
  return scene(slow, async ({ url, target, files }) => {
    const abort = new AbortController();
    const options: DownloadOptions = {
      ...QUICK,
      signal: abort.signal,
      onProgress: ({ done }) => done === 100_000 && abort.abort(new Error("stopped")),
    };
    await assertRejects(() => download([url], target, options), Error, "stopped");
    assertEquals(files(), ["file.part"]);
    assertEquals((await Deno.stat(`${target}.part`)).size, 100_000);
  });
});

test("download() tries again what may pass and not what will not", async (t) => {
  for (
    const line of [
      "429 Too Many Requests",
      "503 Service Unavailable",
      "500 Internal Server Error",
      "408 Request Timeout",
    ]
  ) {
    await t.step(`${line}, then right`, () =>
      scene(
        (asked, send, number) => number < 3 ? send(status(line)) : right(asked, send, number),
        async (s) => {
          await arrives(s);
          assertEquals(s.requests.length, 3);
        },
      ));
    await t.step(`${line} for ever`, () =>
      scene((_, send) => send(status(line)), async (s) => {
        assertEquals(await fails(s, `${s.url}: the server answers ${line}`), []);
        assertEquals(s.requests.length, 4);
      }));
  }
  for (
    const line of [
      "404 Not Found",
      "403 Forbidden",
      "410 Gone",
      "401 Unauthorized",
      "204 No Content",
    ]
  ) {
    await t.step(line, () =>
      scene((_, send) => send(status(line)), async (s) => {
        assertEquals(await fails(s, `${s.url}: the server answers ${line}`), []);
        assertEquals(s.requests.length, 1);
      }));
  }
});

test("download() waits as long as the server asks for, within reason", async (t) => {
  const dates = {
    "in seconds": () => "1",
    "by a date": () => new Date(Date.now() + 1900).toUTCString(),
  };
  for (const [name, date] of Object.entries(dates)) {
    await t.step(name, () => {
      const times: number[] = [];
      const busy: Answer = (asked, send, number) => {
        times.push(performance.now());
        return number === 1
          ? send(status("429 Too Many Requests", `Retry-After: ${date()}`))
          : right(asked, send, number);
      };
      return scene(busy, async (s) => {
        await arrives(s);
        assert(times[1]! - times[0]! >= 850, `waited ${times[1]! - times[0]!} ms`);
      });
    });
  }
});

test("download() follows redirects on this machine or to https, and to nothing else", async (t) => {
  const redirects = (location: string): Answer => (asked, send, number) =>
    asked.path === "/file"
      ? send(status("302 Found", `Location: ${location}`))
      : right(asked, send, number);
  await t.step("to another path", () => scene(redirects("/other"), (s) => arrives(s)));
  const refused: Record<string, string> = {
    "http://example.com/file":
      'the server redirects to "http://example.com/file", which is not https',
    "ftp://127.0.0.1/file": "which is not https",
    "file:///etc/passwd": "which is not https",
    "data:text/plain,x": "which is not https",
    "http://127.0.0.1.example.com/": "which is not https",
    "http://": "the server redirects without saying where to",
    "/file": "the server redirects more than 10 times",
  };
  for (const [location, message] of Object.entries(refused)) {
    await t.step(
      location,
      () => scene(redirects(location), async (s) => void await fails(s, message)),
    );
  }
  await t.step(
    "nowhere",
    () =>
      scene(
        (_, send) => send(status("302 Found")),
        async (s) => void await fails(s, "the server redirects without saying where to"),
      ),
  );
});

test("download() refuses addresses that it should not ask", async (t) => {
  const cases: Record<string, [DownloadOptions, string]> = {
    "http://example.com/a": [{}, 'it is not fetched by "http:" but only by "https:"'],
    "ftp://example.com/a": [QUICK, 'it is not fetched by "ftp:"'],
    "file:///etc/passwd": [QUICK, 'it is not fetched by "file:"'],
    "not an address": [QUICK, "this is not an address"],
  };
  for (const [address, [options, message]] of Object.entries(cases)) {
    await t.step(
      address,
      () => scene(right, (s) => fails({ ...s, url: address }, message, options).then(() => {})),
    );
  }
  await t.step("none at all", () =>
    scene(right, async ({ target }) => {
      await assertRejects(() => download([], target, QUICK), DownloadError, "no address given");
    }));
});

test("download() refuses a file that is too large", async (t) => {
  const options = { ...QUICK, maxBytes: 1000 };
  await t.step("that says so", () =>
    scene(right, async (s) => {
      assertEquals(await fails(s, "it has 300000 bytes, more than 1000", options), []);
    }));
  await t.step(
    "that does not say so",
    () =>
      scene((_, send) => send("HTTP/1.1 200 OK\r\n\r\n", CONTENT), async (s) => {
        await fails(s, "it has more than 1000 bytes", options);
      }),
  );
});

test("download() takes the next address when one fails", async (t) => {
  const answers: Record<string, Answer> = {
    "/missing": (_, send) => send(status("404 Not Found")),
    "/busy": (_, send) => send(status("503 Service Unavailable")),
    "/wrong": (asked, send) => send(head({ ...asked, from: undefined }, 5), "wrong"),
    "/cut": (asked, send) =>
      send(head(asked, CONTENT.length), CONTENT.subarray(asked.from ?? 0).subarray(0, 10)),
    "/file": right,
  };
  const answer: Answer = (asked, send, number) => answers[asked.path]!(asked, send, number);
  for (const path of ["/missing", "/busy", "/wrong", "/cut"]) {
    await t.step(`after ${path}`, () =>
      scene(answer, async ({ url, target, files }) => {
        await download([url.replace("/file", path), url], target, QUICK);
        assertEquals(await Deno.readFile(target), CONTENT);
        assertEquals(files(), ["file"]);
      }));
  }
  await t.step("and names all that failed", () =>
    scene(answer, async ({ url, target }) => {
      const addresses = ["/missing", "/busy"].map((path) => url.replace("/file", path));
      await assertRejects(
        () => download(addresses, target, QUICK),
        DownloadError,
        `${addresses[0]}: the server answers 404 Not Found; ${
          addresses[1]
        }: the server answers 503 Service Unavailable`,
      );
    }));
});

test("download() believes a check of the content", () => {
  const verify = async (path: string) => {
    if ((await Deno.stat(path)).size !== 300_000) throw new SyntaxError("it is not the corpus");
  };
  const options: DownloadOptions = { retryDelayMs: 1, verify };
  return scene(right, async (s) => {
    await arrives(s, options);
    await Deno.remove(s.target);
    const never = { ...options, verify: () => Promise.reject(new SyntaxError("never right")) };
    assertEquals(await fails(s, "Cannot download file: never right", never), []);
  });
});

test("download() uses no network when it works offline", () =>
  scene(right, async (s) => {
    assertEquals(await fails(s, "working offline", { ...QUICK, offline: true }), []);
    assertEquals(s.requests.length, 0);
  }));

test("download() leaves the part alone that another process writes", () =>
  scene(right, async (s) => {
    const path = `${s.target}.part`;
    const code = `const file = await Deno.open(${
      JSON.stringify(path)
    }, { create: true, write: true });
      await file.lock(true); console.log("locked"); await new Promise(() => setTimeout(() => {}, 1e6));`;
    const other = new Deno.Command(Deno.execPath(), { args: ["eval", code], stdout: "piped" })
      .spawn();
    const reader = other.stdout.getReader();
    try {
      await reader.read();
      assertEquals(await fails(s, "another process is writing"), ["file.part"]);
    } finally {
      await reader.cancel();
      other.kill();
      await other.status;
    }
  }));

test("download() goes through the proxy that the environment names", () => {
  const proxy: Answer = (asked, send, number) =>
    asked.path.startsWith("http://") ? right(asked, send, number) : send(status("400 Bad Request"));
  return scene(proxy, async ({ url, target, requests }) => {
    const module = import.meta.resolve("@heatword/datasets/download");
    const code = `import { download } from ${JSON.stringify(module)};
      await download(["http://files.invalid/a"], ${
      JSON.stringify(target)
    }, { sha256: "${SHA256}" });`;
    const { success } = await new Deno.Command(Deno.execPath(), {
      args: ["eval", code],
      env: { HTTP_PROXY: url.replace("/file", ""), NO_PROXY: "" },
    }).output();
    assert(success);
    assertEquals(requests.map(({ path }) => path), ["http://files.invalid/a"]);
    assertEquals(await Deno.readFile(target), CONTENT);
  });
});
