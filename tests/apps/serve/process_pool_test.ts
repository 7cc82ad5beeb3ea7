import { assert, assertEquals, assertMatch, assertRejects } from "@std/assert";
import type { Answering } from "../../../apps/serve/_child.ts";
import type { ExplainRequest } from "../../../apps/serve/_explain_request.ts";
import type { Answer, Question } from "../../../apps/serve/_messages.ts";
import { ProcessPool, type ProcessPoolOptions } from "../../../apps/serve/_process_pool.ts";
import { Problem } from "../../../apps/serve/_problem.ts";

const ready: Answer = { kind: "ready", classes: ["a"], explainer: "lrp", notes: [] };

/** A process that answers when the test says so. */
class FakeChild implements Answering {
  readonly #ended = Promise.withResolvers<void>();
  readonly #broken = Promise.withResolvers<never>();
  #answer: ((answer: Answer) => void) | undefined;
  readonly asked: string[] = [];
  over = false;

  constructor(readonly setup: Answer | undefined = ready) {
    this.#broken.promise.catch(() => {});
  }

  get ended(): Promise<void> {
    return this.#ended.promise;
  }

  ask(question: Question): Promise<Answer> {
    if (question.kind === "explain") this.asked.push(question.request.text);
    else if (this.setup) return Promise.resolve(this.setup);
    const { promise, resolve } = Promise.withResolvers<Answer>();
    this.#answer = resolve;
    return Promise.race([promise, this.#broken.promise]);
  }

  answer(json: string): void {
    this.#answer!({ kind: "done", json });
  }

  /** Ends as if somebody had killed it; whether the pool is told at once or by the next question. */
  die(told = true): void {
    this.over = true;
    this.#broken.reject(new Error("broken pipe"));
    if (told) this.#ended.resolve();
  }

  end(): Promise<void> {
    this.die();
    return Promise.resolve();
  }
}

const tick = (milliseconds = 0) => new Promise((resolve) => setTimeout(resolve, milliseconds));

const request = (text: string): ExplainRequest => ({
  text,
  explainer: "lrp",
  target: "predicted",
  options: {},
});

type Made = { pool: ProcessPool; children: FakeChild[] };

/** A pool of one process unless told otherwise; `make` gives what the next start gives. */
async function withPool(
  test: (made: Made) => Promise<void>,
  options: Partial<ProcessPoolOptions> = {},
  make: (i: number) => FakeChild = () => new FakeChild(),
): Promise<void> {
  const children: FakeChild[] = [];
  const start = (): Promise<Answering> => {
    const child = make(children.length);
    children.push(child);
    return Promise.resolve(child);
  };
  const setup = { model: "", plugins: [] };
  const said: unknown[] = [];
  const old = console.error;
  console.error = (line) => said.push(line);
  try {
    const pool = await ProcessPool.start({
      size: 1,
      spare: 0,
      timeLimit: 10_000,
      setup,
      start,
      ...options,
    });
    try {
      await test({ pool, children });
    } finally {
      await pool.close();
    }
  } finally {
    console.error = old;
  }
  assert(children.every(({ over }) => over), "no process outlives the pool");
  assert(said.every((line) => /^error: /.test(String(line))), said.join("\n"));
}

async function problemOf(work: Promise<unknown>): Promise<Problem> {
  return await assertRejects(() => work, Problem);
}

Deno.test("ProcessPool forgets a request that is gone before its turn", async () => {
  await withPool(async ({ pool, children }) => {
    const [first] = children;
    const running = pool.explain(request("1"));
    const leave = new AbortController();
    const left = pool.explain(request("2"), leave.signal);
    const last = pool.explain(request("3"));
    leave.abort();
    assertEquals((await problemOf(left)).status, 499);
    first!.answer("one");
    assertEquals(await running, "one");
    await tick();
    first!.answer("three");
    assertEquals(await last, "three");
    assertEquals([first!.asked, children.length], [["1", "3"], 1]);
    assertEquals((await problemOf(pool.explain(request("4"), leave.signal))).status, 499);
  });
});

Deno.test("ProcessPool ends the computation of a request that is gone, and serves the next", async () => {
  await withPool(async ({ pool, children }) => {
    const leave = new AbortController();
    const left = pool.explain(request("slow"), leave.signal);
    const next = pool.explain(request("next"));
    await tick();
    leave.abort();
    assertEquals((await problemOf(left)).status, 499);
    await tick(20);
    assertEquals([children[0]!.over, children.length], [true, 2]);
    children[1]!.answer("now");
    assertEquals(await next, "now");
  });
});

Deno.test("ProcessPool lets a computation that is about done end though its request is gone", async () => {
  await withPool(async ({ pool, children }) => {
    const leave = new AbortController();
    const left = pool.explain(request("fast"), leave.signal);
    await tick();
    leave.abort();
    children[0]!.answer("done");
    assertEquals(await left, "done");
    await tick(200);
    assertEquals([children[0]!.over, children.length], [false, 1]);
  });
});

Deno.test("ProcessPool puts the request of a process that was killed to a fresh one", async () => {
  for (const told of [true, false]) {
    await withPool(async ({ pool, children }) => {
      // Once while it was idle, once while it worked.
      children[0]!.die(told);
      if (told) await tick(20);
      const answer = pool.explain(request("x"));
      await tick(20);
      assertEquals(children[1]!.asked, ["x"]);
      children[1]!.die(told);
      await tick(20);
      children[2]!.answer("done");
      assertEquals(await answer, "done");
      assertEquals(children.length, 3);
    });
  }
});

Deno.test("ProcessPool gives up a request at which every process ends", async () => {
  await withPool(async ({ pool, children }) => {
    const answer = pool.explain(request("poison"));
    for (let i = 0; i < 3; i++) {
      await tick(20);
      children[i]!.die();
    }
    const { status, message } = await problemOf(answer);
    assertEquals([status, message], [
      503,
      "The processes that explained this ended: try again in a moment",
    ]);
    await tick(1500);
    const after = pool.explain(request("x"));
    await tick(20);
    children.at(-1)!.answer("fine");
    assertEquals(await after, "fine");
  });
});

Deno.test("ProcessPool refuses while no process can be started, and tries again", async () => {
  let broken = false;
  const make = () => {
    if (broken) throw new Error("no memory");
    return new FakeChild();
  };
  await withPool(
    async ({ pool, children }) => {
      broken = true;
      children[0]!.die();
      await tick(20);
      const problem = await problemOf(pool.explain(request("x")));
      assertEquals([problem.status, problem.retryAfter], [503, 1]);
      assertMatch(problem.message, /^No process that explains could be started/);
      broken = false;
      await tick(1500);
      const answer = pool.explain(request("y"));
      await tick();
      children.at(-1)!.answer("fine");
      assertEquals(await answer, "fine");
    },
    {},
    make,
  );
});

Deno.test("ProcessPool ends a process that is never ready; those who wait are refused", async () => {
  await withPool(
    async ({ pool, children }) => {
      children[0]!.die();
      const waiting = pool.explain(request("x"));
      const { status } = await problemOf(waiting);
      assertEquals([status, children[1]!.over], [503, true]);
      await tick(600);
      const answer = pool.explain(request("y"));
      await tick();
      children[2]!.answer("fine");
      assertEquals(await answer, "fine");
    },
    { setupLimit: 100 },
    (i) => i === 1 ? Object.assign(new FakeChild(), { setup: undefined }) : new FakeChild(),
  );
});

Deno.test("ProcessPool says what keeps the first processes from starting", async () => {
  const setup: Answer = { kind: "failed", status: 422, detail: "There is no model" };
  await assertRejects(
    () => withPool(() => Promise.resolve(), {}, () => new FakeChild(setup)),
    Error,
    "There is no model",
  );
});

Deno.test("ProcessPool limits how many wait and for how long", async () => {
  await withPool(async ({ pool, children }) => {
    const began = performance.now();
    const all = [1, 2, 3, 4].map((i) => pool.explain(request(String(i))));
    assertEquals(
      (await problemOf(all[3]!)).message,
      "Too many requests are waiting: try again in a moment",
    );
    const late = await Promise.all(all.slice(1, 3).map(problemOf));
    assertEquals(late.map(({ status }) => status), [503, 503]);
    assertMatch(late[0]!.message, /^Others were still being answered after 0.2 s/);
    assert(performance.now() - began < 5000);
    children[0]!.answer("one");
    assertEquals([await all[0], children[0]!.asked], ["one", ["1"]]);
  }, { maxWaiting: 2, waitLimit: 200 });
});

Deno.test("ProcessPool keeps what waits until its turn, however many and however long", async () => {
  await withPool(async ({ pool, children }) => {
    const waits = (text: string, signal?: AbortSignal) =>
      pool.explain(request(text), signal, "until its turn");
    const leave = new AbortController();
    const first = pool.explain(request("first"));
    const batch = ["1", "2", "3", "4"].map((text) => waits(text));
    const left = waits("left", leave.signal);
    // They take no room of those that wait a while.
    const single = pool.explain(request("single"));
    const refused = await problemOf(pool.explain(request("too many")));
    assertMatch(refused.message, /^Too many requests are waiting/);
    const last = waits("last");
    assertEquals((await problemOf(single)).status, 503);
    leave.abort();
    assertEquals((await problemOf(left)).status, 499);
    const answers: string[] = [];
    for (const answer of [first, ...batch, last]) {
      await tick();
      children[0]!.answer(`answer ${answers.length}`);
      answers.push(await answer);
    }
    assertEquals(answers, [0, 1, 2, 3, 4, 5].map((i) => `answer ${i}`));
    assertEquals(children[0]!.asked, ["first", "1", "2", "3", "4", "last"]);
    const working = waits("working");
    const problem = problemOf(waits("closed"));
    working.catch(() => {});
    await pool.close();
    assertEquals((await problem).message, "The server is shutting down");
  }, { maxWaiting: 1, waitLimit: 100 });
});

Deno.test("ProcessPool ends an explanation that takes too long with its process", async () => {
  await withPool(async ({ pool, children }) => {
    const { status, message } = await problemOf(pool.explain(request("slow")));
    assertEquals(status, 422);
    assertMatch(message, /^Explaining by "lrp" took longer than 0.1 s/);
    await tick(20);
    assertEquals([children[0]!.over, children.length], [true, 2]);
  }, { timeLimit: 100 });
});

Deno.test("ProcessPool refuses what waits when it is closed", async () => {
  let all: Promise<Problem>[] = [];
  await withPool(({ pool }) => {
    all = ["1", "2"].map((text) => problemOf(pool.explain(request(text))));
    return Promise.resolve();
  });
  const problems = await Promise.all(all);
  assertEquals(
    problems.map(({ message }) => message),
    Array(2).fill("The server is shutting down"),
  );
});

Deno.test("ProcessPool has a process stand by, which serves while another is replaced", async () => {
  let late = Promise.resolve();
  const make = (i: number) => {
    if (i < 2) return new FakeChild();
    const child = new FakeChild();
    const ask = child.ask.bind(child);
    child.ask = async (question) => (await late, ask(question));
    return child;
  };
  await withPool(
    async ({ pool, children }) => {
      await tick(20);
      assertEquals(children.length, 2);
      const leave = new AbortController();
      const left = pool.explain(request("slow"), leave.signal);
      const next = pool.explain(request("next"));
      await tick(20);
      // One works at a time; the one that stands by does not.
      assertEquals(children.map(({ asked }) => asked.length), [1, 0]);
      late = tick(300).then(() => {});
      leave.abort();
      assertEquals((await problemOf(left)).status, 499);
      await tick();
      assertEquals(children[1]!.asked, ["next"]);
      children[1]!.answer("now");
      assertEquals(await next, "now");
    },
    { spare: 1 },
    make,
  );
});
