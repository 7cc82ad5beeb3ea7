import { Coalitions, explain, isUnavailable, type Model } from "@heatword/core";
import { modelFromServer, openModel, type ServerModelOptions } from "@heatword/core/models";
import "@heatword/datasets/tokenizers";
import "@heatword/explainers/occlusion";
import { assert, assertEquals, assertLess, assertRejects } from "@std/assert";
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { fileURLToPath } from "node:url";
import {
  firstReason,
  lacksPermission,
  lacksProgram,
  testPermitted,
  testWith,
} from "../../../_skip.ts";

const test = testPermitted("net", "env");

/** Forgets all that nothing refers to any more. */
function collectGarbage(): void {
  setFlagsFromString("--expose-gc");
  runInNewContext("gc")();
}

/** What a server is asked. */
interface Asked {
  readonly texts?: readonly string[];
  readonly inputs?: readonly string[];
}

type Handle = (asked: Asked, nth: number, request: Request) => unknown;

/** Runs a server on this machine; what a handler gives is sent as JSON, unless it is a response. */
async function withServer(
  handle: Handle,
  work: (url: string, asked: readonly Asked[]) => Promise<void>,
): Promise<void> {
  const asked: Asked[] = [];
  const server = Deno.serve(
    { hostname: "127.0.0.1", port: 0, onListen: () => {} },
    async (request) => {
      const one: Asked = await request.json();
      asked.push(one);
      const given = await handle(one, asked.length, request);
      return given instanceof Response ? given : Response.json(given);
    },
  );
  try {
    await work(`http://127.0.0.1:${server.addr.port}/classify/`, asked);
  } finally {
    await server.shutdown();
  }
}

const classes = ["long", "short"];
const row = (text: string) => [text.length, 1];
const good = ({ texts = [] }: Asked) => ({ classes, scores: texts.map(row) });
/** Waits for nothing. */
const quick: ServerModelOptions = { wait: () => Promise.resolve() };

async function scoresOf(model: Model, text = "one two"): Promise<number[]> {
  return [...await model.scores(model.encode(model.read(text)))];
}

test("a server is asked in batches, side by side, for each text once", async () => {
  let [now, most] = [0, 0];
  const handle: Handle = async (asked) => {
    most = Math.max(most, ++now);
    await new Promise((resolve) => setTimeout(resolve, 20));
    now--;
    return good(asked);
  };
  await withServer(handle, async (url, asked) => {
    const model = await modelFromServer(url, { batchSize: 5, concurrency: 3 });
    assertEquals(model.classes, classes);
    const input = model.encode(model.read("a bb ccc dddd eeeee"));
    const sets = Array.from({ length: 32 }, (_, m) => [0, 1, 2, 3, 4].filter((t) => m >> t & 1));
    const scores = await model.scores(input, Coalitions.without(5, [...sets, ...sets]));
    assertEquals(model.requests, 8);
    const lengths = sets.map((gone) => {
      const left = [1, 2, 3, 4, 5].filter((_, t) => !gone.includes(t));
      return left.reduce((sum, length) => sum + length, 0) + Math.max(0, left.length - 1);
    });
    assertEquals([...scores], [...lengths, ...lengths].flatMap((length) => [length, 1]));
    const texts = asked.slice(1).flatMap(({ texts = [] }) => texts);
    assertEquals([texts.length, new Set(texts).size, most], [32, 32, 3]);
    assertEquals(asked.slice(1).map(({ texts }) => texts!.length), [5, 5, 5, 5, 5, 5, 2]);
  });
});

test("an endpoint of Hugging Face is told by its answer; labels stand in any order", async () => {
  const handle: Handle = ({ inputs }) => {
    if (inputs === undefined) {
      return Response.json({ error: "inputs are missing" }, { status: 422 });
    }
    return inputs.map((text) => {
      const good = text.includes("good") ? 0.875 : 0.25;
      const labels = [{ label: "POS", score: good }, { label: "NEG", score: 1 - good }];
      return labels.toSorted((a, b) => b.score - a.score);
    });
  };
  await withServer(handle, async (url) => {
    const model = await modelFromServer(url);
    assertEquals(model.classes, ["NEG", "POS"]);
    assertEquals(await scoresOf(model, "a good day"), [Math.log(0.125), Math.log(0.875)]);
    assertEquals(await scoresOf(model, "a day"), [Math.log(0.75), Math.log(0.25)]);
  });
});

test("a server that is busy, breaks off or takes less is asked again, with the same numbers", async (t) => {
  const busy = (status: number, headers = {}) =>
    Response.json({ error: "the model is loading" }, { status, headers });
  const cases: [name: string, bad: (asked: Asked, nth: number) => unknown, requests: number][] = [
    ["503", (_, nth) => nth < 3 && busy(503), 4],
    ["429", (_, nth) => nth === 2 && busy(429, { "retry-after": "0.01" }), 3],
    ["a connection that breaks", (_, nth) =>
      nth === 2 && new Response(
        new ReadableStream({ pull: (controller) => controller.error("cut") }),
      ), 3],
    ["408", (_, nth) => nth === 2 && busy(408), 3],
    ["429 without Retry-After", (_, nth) => nth === 2 && busy(429), 3],
    ["every third is 503", (_, nth) => nth % 3 === 2 && busy(503), 3],
    [
      "a length that is not kept",
      (_, nth) => nth === 2 && new Response("{", { headers: { "content-encoding": "gzip" } }),
      3,
    ],
    ["413", ({ texts = [] }) => texts.length > 1 && busy(413), 4],
  ];
  for (const [name, bad, requests] of cases) {
    await t.step(
      name,
      () =>
        withServer((asked, nth) => bad(asked, nth) || good(asked), async (url, asked) => {
          const model = await modelFromServer(url, quick);
          const input = model.encode(model.read("one two"));
          const scores = await model.scores(input, Coalitions.without(2, [[], [1]]));
          assertEquals([...scores], [7, 1, 3, 1]);
          assertEquals(asked.length, requests);
        }),
    );
  }
});

test("a server is left alone as long as it asks, else longer each time", async (t) => {
  const cases: [retryAfter: string | undefined, waits: number[]][] = [
    ["7", [7000]],
    ["0", [0]],
    ["0.25", [250]],
    // No server keeps the work waiting for hours.
    ["86400", [60_000]],
    ["Wed, 21 Oct 2015 07:28:00 GMT", [0]],
    ["soon", [500, 1000, 2000, 4000, 8000]],
    [undefined, [500, 1000, 2000, 4000, 8000]],
  ];
  for (const [given, waits] of cases) {
    await t.step(`Retry-After: ${given}`, async () => {
      const waited: number[] = [];
      const headers = given === undefined ? {} : { "retry-after": given };
      await withServer(
        (asked, nth) =>
          nth > 1 && nth <= 1 + waits.length
            ? new Response("", { status: 429, headers })
            : good(asked),
        async (url) => {
          const wait = (time: number) => Promise.resolve(waited.push(time));
          assertEquals(await scoresOf(await modelFromServer(url, { wait })), [7, 1]);
          assertEquals(waited, waits);
        },
      );
    });
  }
});

test("a wrong answer is an error in one line, never a wrong number", async (t) => {
  const cases: [answer: (asked: Asked) => unknown, message: string][] = [
    [() => ({ classes, scores: [] }), "gave 0 rows of scores for 1 texts"],
    [() => ({ classes, scores: [[1, "NaN"]] }), 'gave the text "NaN" for class "short"'],
    [
      () => new Response('{"classes":["long","short"],"scores":[[1,NaN]]}'),
      'gave the text "NaN" for class "short" of "one two", not a finite number',
    ],
    [() => new Response("<h1>Welcome</h1>"), 'gave what is not JSON: "<h1>Welcome</h1>"'],
    [() => new Response(""), 'gave what is not JSON: ""'],
    [() => [[1, 2]], 'gave no "classes", a list of names that differ'],
    [({ texts = [] }) => ({ classes, scores: [...texts, ""].map(row) }), "gave 2 rows of scores"],
    [
      // More than any scores have, with no end in sight.
      () =>
        new Response(
          new ReadableStream({
            pull: (controller) => controller.enqueue(new Uint8Array(2 ** 24).fill(32)),
          }),
        ),
      "gave an answer of more than 64 MiB, which scores never are",
    ],
    [
      () => ({ classes: ["long", "tall"], scores: [[1, 2]] }),
      'gave the classes "long", "tall", but before "long", "short"',
    ],
    [
      () => Response.json({ error: "out of memory" }, { status: 500 }),
      "answers 500: out of memory",
    ],
    [() => new Response("<h1>Not found</h1>", { status: 404 }), "answers 404: <h1>Not found</h1>"],
  ];
  for (const [answer, message] of cases) {
    await t.step(
      message,
      () =>
        withServer((asked, nth) => nth === 1 ? good(asked) : answer(asked), async (url) => {
          const model = await modelFromServer(url, quick);
          await assertRejects(() => scoresOf(model), Error, message);
        }),
    );
  }
  await t.step(
    "classes in another order",
    () =>
      withServer(
        (asked, nth) => nth === 1 ? good(asked) : { classes: ["short", "long"], scores: [[1, 9]] },
        async (url) => {
          assertEquals(await scoresOf(await modelFromServer(url)), [9, 1]);
        },
      ),
  );
});

test("what is no model, or gives no answer, is told so", async () => {
  await withServer(() => ({ hello: "world" }), async (url) => {
    await assertRejects(
      () => modelFromServer(url),
      Error,
      `${url} is not a model: asked by {"texts": […]}`,
    );
  });
  await withServer(
    () => Response.json({ error: "who are you?" }, { status: 401 }),
    async (url, asked) => {
      await assertRejects(
        () => modelFromServer(url),
        Error,
        "answers 401: who are you?; headers are taken from HEATWORD_MODEL_HEADERS",
      );
      assertEquals(asked.length, 1);
    },
  );
  await withServer(() => new Response("", { status: 503 }), async (url) => {
    await assertRejects(
      () => modelFromServer(url, { ...quick, retries: 2 }),
      Error,
      "answers 503, after 3 tries",
    );
  });
  const late: Handle = async () => {
    await new Promise((resolve) => setTimeout(resolve, 200));
    return {};
  };
  await withServer(late, async (url) => {
    await assertRejects(
      () => modelFromServer(url, { timeout: 50, retries: 0 }),
      Error,
      "gave no answer within 0.05 s",
    );
  });
  await assertRejects(() => modelFromServer("http://"), TypeError, "it is not an address");
  await assertRejects(
    () => modelFromServer("http://127.0.0.1:9/", { ...quick, retries: 1 }),
    Error,
    "cannot be reached",
  );
  const flat: Handle = ({ inputs }) =>
    inputs ? [[{ label: "A", score: 0.9 }, { label: "B", score: 0.1 }]] : {};
  await withServer(
    (asked, nth) => nth > 2 ? [[{ label: "A", score: 0.9 }]] : flat(asked, nth, undefined!),
    async (url) => {
      const model = await modelFromServer(url);
      await assertRejects(
        () => scoresOf(model),
        Error,
        "gave the labels A for a text, but the classes are A, B",
      );
    },
  );
});

test("no more requests are made than are allowed", () =>
  withServer(good, async (url, asked) => {
    const model = await openModel(url, { maxRequests: 2 });
    assertEquals(await scoresOf(model, "a b"), [3, 1]);
    assertEquals(await scoresOf(model, "a b"), [3, 1]);
    await assertRejects(() => scoresOf(model, "c"), Error, "2 requests were made to");
    assertEquals(asked.length, 2);
  }));

test("headers are taken from the environment", async () => {
  const name = "HEATWORD_MODEL_HEADERS";
  const before = Deno.env.get(name);
  try {
    await withServer(
      (asked, _, request) =>
        request.headers.get("authorization") === "Bearer me"
          ? good(asked)
          : new Response("", { status: 401 }),
      async (url) => {
        await assertRejects(() => openModel(url), Error, "answers 401");
        Deno.env.set(name, '{"Authorization": "Bearer me"}');
        assertEquals(await scoresOf(await openModel(url)), [7, 1]);
        for (const wrong of ["Bearer me", "[]", '{"a": 1}']) {
          Deno.env.set(name, wrong);
          await assertRejects(
            () => openModel(url),
            TypeError,
            "HEATWORD_MODEL_HEADERS is not a JSON object of texts",
          );
        }
      },
    );
  } finally {
    if (before === undefined) Deno.env.delete(name);
    else Deno.env.set(name, before);
  }
});

test("progress tells the requests that were made, and about how many are to come", () =>
  withServer(good, async (url) => {
    const model = await modelFromServer(url, { batchSize: 128 });
    const input = model.encode(
      model.read(Array.from({ length: 300 }, (_, t) => `w${t}`).join(" ")),
    );
    const told: unknown[] = [];
    await explain("occlusion", model as Model, input, 0, {}, {
      onProgress: ({ done, total, figures }) => told.push([done, total, figures]),
    });
    assertEquals(told, [
      [0, 301, { requests: 1, requestsLeft: 3 }],
      [128, 301, { requests: 4, requestsLeft: 0 }],
      [301, 301, { requests: 4, requestsLeft: 0 }],
    ]);
  }));

testWith(
  firstReason(lacksPermission("read", "run", "net", "env"), lacksProgram("python3")),
  "the example of a server is explained as it counts",
  async () => {
    const path = fileURLToPath(new URL("../../../../examples/server.py", import.meta.url));
    const command = new Deno.Command("python3", {
      args: [path, "0"],
      stdout: "piped",
      stderr: "null",
    });
    const child = command.spawn();
    const reader = child.stdout.pipeThrough(new TextDecoderStream()).getReader();
    try {
      const { value } = await reader.read();
      const model = await openModel(value!.trim());
      const input = model.encode(model.read("A good film, but an awful end"));
      const { words } = await explain("occlusion", model, input, 0);
      assertEquals([...words], [0, 1.5, 0, 0, 0, -2, 0]);
    } finally {
      child.kill();
      await child.status;
      await reader.cancel();
    }
  },
);

test("a server that takes few texts at once is not asked for more again", () =>
  withServer((asked) => {
    const { texts = [] } = asked;
    return texts.length > 4 ? new Response("", { status: 413 }) : good(asked);
  }, async (url, asked) => {
    const model = await modelFromServer(url, { ...quick, batchSize: 16, concurrency: 1 });
    const input = model.encode(model.read("a bb ccc dddd eeeee"));
    const sets = Array.from({ length: 32 }, (_, m) => [0, 1, 2, 3, 4].filter((t) => m >> t & 1));
    const scores = await model.scores(input, Coalitions.without(5, sets));
    assertEquals([scores[0], scores[2], scores[62]], [19, 17, 0]);
    // The trial text, 16 and 8 in vain, and eight times 4.
    assertEquals(asked.map(({ texts }) => texts!.length), [1, 16, 8, ...new Array(8).fill(4)]);
  }));

test("answers in gzip, and keys in any order, are read", () =>
  withServer(({ texts = [] }) => {
    const json = new Blob([JSON.stringify({ took: 3, scores: texts.map(row), classes })]);
    const zipped = json.stream().pipeThrough(new CompressionStream("gzip"));
    return new Response(zipped, { headers: { "content-encoding": "gzip" } });
  }, async (url) => assertEquals(await scoresOf(await modelFromServer(url)), [7, 1])));

test("a redirect is followed on the same server only, to which alone headers are sent", async (t) => {
  const to = (location: string, status: number) =>
    new Response(null, { status, headers: { location } });
  await t.step("to another path", async () => {
    const paths: string[] = [];
    await withServer((asked, _, { url }) => {
      paths.push(new URL(url).pathname);
      return paths.at(-1) === "/v2" ? good(asked) : to("/v2", 307);
    }, async (url) => {
      const model = await modelFromServer(url);
      assertEquals(await scoresOf(model), [7, 1]);
      // Once told, the way is known.
      assertEquals(paths, ["/classify/", "/v2", "/v2"]);
      assertEquals(model.requests, 3);
    });
  });
  await t.step("in a circle", () =>
    withServer(
      () => to("/classify/", 308),
      async (url) => {
        const name = `answers 308, a redirect to ${url}: name that address`;
        await assertRejects(() => modelFromServer(url), Error, name);
      },
    ));
  for (const status of [301, 302, 303, 307]) {
    await t.step(`${status} to another server`, async () => {
      let secrets = 0;
      await withServer((asked, _, { headers }) => {
        if (headers.has("x-secret")) secrets++;
        return good(asked);
      }, async (other) => {
        await withServer(() => to(other, status), async (url) => {
          await assertRejects(
            () => modelFromServer(url, { headers: { "x-secret": "me" } }),
            Error,
            `answers ${status}, a redirect to ${other}: name that address`,
          );
        });
      });
      assertEquals(secrets, 0);
    });
  }
});

test("a server that is gone is not asked for what was to come", () =>
  withServer(
    (asked, nth) => nth === 1 ? good(asked) : new Response("", { status: 403 }),
    async (url, asked) => {
      const model = await modelFromServer(url, { ...quick, batchSize: 1, concurrency: 2 });
      const input = model.encode(model.read("a b c d e"));
      const sets = [[], [0], [1], [2], [3], [4]];
      const error = await assertRejects(
        async () => await model.scores(input, Coalitions.without(5, sets)),
        Error,
        "answers 403",
      );
      assert(isUnavailable(error));
      assertEquals(asked.length, 3);
    },
  ));

test("what is wrong with a text is told from what is wrong with the server", async (t) => {
  const cases: [answer: (asked: Asked) => unknown, unavailable: boolean][] = [
    [() => new Response("", { status: 401 }), true],
    [() => new Response("", { status: 404 }), true],
    [() => new Response("", { status: 503 }), true],
    [() => ({ classes: ["a", "b"], scores: [[1, 2]] }), true],
    [() => new Response("", { status: 400 }), false],
    [() => new Response("", { status: 422 }), false],
    [() => new Response("", { status: 500 }), false],
    [() => ({ classes, scores: [[1, null]] }), false],
    [() => ({ error: "too long a text" }), false],
  ];
  for (const [i, [answer, unavailable]] of cases.entries()) {
    await t.step(
      String(i),
      () =>
        withServer((asked, nth) => nth === 1 ? good(asked) : answer(asked), async (url) => {
          const model = await modelFromServer(url, quick);
          assertEquals(isUnavailable(await assertRejects(() => scoresOf(model))), unavailable);
        }),
    );
  }
});

test("many requests leave nothing behind", () =>
  withServer(good, async (url, asked) => {
    // No memory for texts, so that each is a request.
    const model = await modelFromServer(url, { ...quick, batchSize: 1, memory: 1 });
    const many = async (from: number, to: number) => {
      for (let i = from; i < to; i++) {
        (asked as Asked[]).length = 0;
        assertEquals(await scoresOf(model, `${"x".repeat(4000)} ${i}`), [`${i}`.length + 4001, 1]);
      }
      collectGarbage();
      return Deno.memoryUsage().heapUsed;
    };
    const before = await many(0, 300);
    const after = await many(300, 800);
    assertEquals(model.requests, 801);
    // The 500 texts alone would be 2 MB.
    assertLess(after - before, 1e6);
  }));
