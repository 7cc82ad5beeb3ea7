import { assert, assertEquals, assertRejects } from "@std/assert";
import { WorkerLost, WorkerPool, type WorkerPoolOptions } from "@heatword/core/workers";
import type { OddStart, OddTask } from "./_odd_worker.ts";
import { testPermitted } from "../../_skip.ts";

// Workers are read from files.
const test = testPermitted("read");

type Options = Partial<WorkerPoolOptions<OddStart, OddTask, unknown>>;

function poolOf(options: Options = {}): WorkerPool<OddStart, OddTask, unknown, string> {
  return new WorkerPool({
    worker: () => new Worker(new URL("./_odd_worker.ts", import.meta.url), { type: "module" }),
    start: { base: 100 },
    size: 2,
    ...options,
  });
}

async function results(
  pool: WorkerPool<OddStart, OddTask, unknown, string>,
  tasks: Iterable<OddTask> | AsyncIterable<OddTask>,
  found: unknown[] = [],
): Promise<unknown[]> {
  for await (const { result } of pool.run(tasks)) found.push(result);
  return found;
}

const add = (value: number, wait?: number): OddTask => ({
  kind: "add",
  value,
  ...(wait !== undefined && { wait }),
});
const crash: OddTask = { kind: "crash" };
const hang: OddTask = { kind: "hang" };

test("WorkerPool gives results in the order of the tasks, for any number of workers", async () => {
  for (const [size, ahead] of [[1, 1], [2, 1], [3, 4]] as const) {
    using pool = poolOf({ size, ahead });
    const tasks = [add(0, 60), add(1), add(2), add(3, 20), add(4), add(5), add(6)];
    const found = [];
    for await (const { index, task, result } of pool.run(tasks)) found.push([index, task, result]);
    assertEquals(found, tasks.map((task, i) => [i, task, 100 + i]), `${size} workers`);
  }
});

test("a worker that is at its tasks together answers in their order, and each has its own end", async () => {
  using pool = poolOf({ size: 1, ahead: 4, start: { base: 100, together: true } });
  const meet: OddTask = { kind: "meet", count: 3 };
  // None of the three would end if the others did not begin.
  const found = await results(pool, [add(0, 60), meet, meet, meet, add(4)]);
  assertEquals(found, [100, 3, 3, 3, 104]);
  const failing: unknown[] = [];
  const tasks: OddTask[] = [add(0, 60), { kind: "throw", message: "the second" }, add(2)];
  await assertRejects(() => results(pool, tasks, failing), Error, "the second");
  assertEquals(failing, [100]);
});

test("WorkerPool gives results as soon as they are there when order does not matter", async () => {
  using pool = poolOf();
  await results(pool, [add(0, 30), add(1, 30)]); // both workers have started
  const found = [];
  for await (const { index } of pool.run([add(0, 300), add(1), add(2)], { ordered: false })) {
    found.push(index);
  }
  assertEquals(found, [1, 2, 0]);
});

test("WorkerPool does one list of tasks after the other with the same workers", async () => {
  let made = 0;
  using pool = poolOf({
    worker: () => {
      made++;
      return new Worker(new URL("./_odd_worker.ts", import.meta.url), { type: "module" });
    },
  });
  assertEquals(await results(pool, []), []);
  assertEquals(made, 0, "no worker without work");
  assertEquals(await results(pool, [add(1)]), [101]);
  assertEquals(made, 1, "one worker for one task");
  assertEquals(await results(pool, [add(1, 20), add(2, 20), add(3)]), [101, 102, 103]);
  assertEquals(made, 2);
});

test("WorkerPool tells what its first worker says about itself", async () => {
  using pool = poolOf();
  assertEquals([await pool.start(), await pool.start()], ["added to 100", "added to 100"]);
});

test("WorkerPool takes no more tasks than may be outstanding", async () => {
  using pool = poolOf({ maxOutstanding: 3 });
  let taken = 0;
  function* tasks() {
    for (; taken < 10; taken++) yield add(taken);
  }
  let given = 0;
  for await (const _ of pool.run(tasks())) {
    given++;
    await new Promise((resolve) => setTimeout(resolve, 5));
    // One more is in the hand of whoever waits for room.
    assert(taken - given <= 3, `${taken} taken, ${given} given`);
  }
  assertEquals([taken, given], [10, 10]);
});

test("WorkerPool throws what a task threw, after the results before it", async () => {
  using pool = poolOf({
    restoreError: (name, message) => Object.assign(new Error(message), { name: `old ${name}` }),
  });
  const found: unknown[] = [];
  const error = await assertRejects(
    () => results(pool, [add(0, 40), { kind: "throw", message: "too long" }, add(2)], found),
    Error,
    "too long",
  );
  assertEquals(error.name, "old RangeError");
  assertEquals(found, [100]);
  assertEquals(await results(pool, [add(5)]), [105], "the pool still works");
});

test("WorkerPool throws what the list of tasks threw, after the results before it", async () => {
  using pool = poolOf();
  const found: unknown[] = [];
  async function* tasks() {
    yield* [add(0, 30), add(1)];
    await Promise.resolve();
    throw new SyntaxError("line 3");
  }
  await assertRejects(() => results(pool, tasks(), found), SyntaxError, "line 3");
  assertEquals(found, [100, 101]);
});

test("WorkerPool ends a run whose worker fails outside of a task", async () => {
  using pool = poolOf();
  const error = await assertRejects(
    () => results(pool, [crash]),
    WorkerLost,
    "A worker failed: Uncaught Error: outside of the task",
  );
  assertEquals(error.reason, "failed");
});

test("WorkerPool replaces a lost worker, and loses only the task that it was at", async () => {
  const lost: [OddTask, string][] = [];
  using pool = poolOf({
    size: 1,
    ahead: 4,
    // Long enough for a task that is not a fault on a machine that does ten other things.
    timeLimit: 1500,
    onLost: (task, { reason }) => {
      lost.push([task, reason]);
      return "lost";
    },
  });
  const tasks = [add(0), crash, add(2), hang, add(4), add(5), add(6)];
  assertEquals(await results(pool, tasks), [100, "lost", 102, "lost", 104, 105, 106]);
  assertEquals(lost, [[crash, "failed"], [hang, "late"]]);
  assertEquals(pool.timedOut, 1);
});

test("WorkerPool gives a task its own time, not that of the tasks before it", async () => {
  using pool = poolOf({ size: 1, ahead: 8, timeLimit: 1500 });
  const tasks = Array.from({ length: 6 }, (_, i) => add(i, 300));
  assertEquals(await results(pool, tasks), [100, 101, 102, 103, 104, 105]);
});

test("WorkerPool ends a run when its caller has enough of lost tasks", async () => {
  using pool = poolOf({
    size: 1,
    onLost: (_, error) => {
      throw new Error(`given up: ${error.message}`);
    },
    timeLimit: 50,
  });
  await assertRejects(
    () => results(pool, [hang]),
    Error,
    "given up: A worker did not answer within 0.05 seconds",
  );
});

test("WorkerPool says why a worker cannot start", async () => {
  for (
    const [fault, message] of [
      ["throw", "no such model"],
      ["hang", "A worker did not start within 0.5 seconds"],
      ["crash", "A worker failed: Uncaught Error: outside of the start"],
    ] as const
  ) {
    const options: Options = {
      start: { base: 0, fault },
      ...(fault === "hang" && { startLimit: 500 }),
    };
    using one = poolOf(options);
    await assertRejects(() => one.start(), Error, message);
    using another = poolOf(options);
    await assertRejects(() => results(another, [add(0), add(1), add(2)]), Error, message);
  }
});

test("WorkerPool does not let a task end its worker", async () => {
  using pool = poolOf({ size: 1 });
  for (const kind of ["close", "exit"] as const) {
    await assertRejects(() => results(pool, [{ kind }]), Error, "must not end the program");
  }
});

test("WorkerPool says when a result cannot be sent", async () => {
  using pool = poolOf({ size: 1 });
  await assertRejects(() => results(pool, [{ kind: "uncloneable" }]), Error, "could not be cloned");
});

test("WorkerPool moves what is to be moved", async () => {
  using pool = poolOf({
    size: 1,
    transfer: (task) => task.kind === "measure" ? [task.values.buffer] : [],
  });
  const values = new Float32Array(12);
  assertEquals(await results(pool, [{ kind: "measure", values }]), [12]);
  assertEquals(values.buffer.detached, true);
});

test("WorkerPool stops when it is told to", async () => {
  using pool = poolOf({ size: 1 });
  const abort = new AbortController();
  const found: unknown[] = [];
  const run = async () => {
    for await (const { result } of pool.run([add(0), hang, add(2)], { signal: abort.signal })) {
      found.push(result);
      setTimeout(() => abort.abort(new Error("enough")), 20);
    }
  };
  await assertRejects(run, Error, "enough");
  assertEquals(found, [100]);
  assertEquals(await results(pool, [add(7)]), [107], "another worker is there");
});

test("WorkerPool forgets the tasks of a loop that was left", async () => {
  using pool = poolOf({ size: 1, ahead: 4 });
  for await (const { result } of pool.run([add(0), hang, hang])) {
    assertEquals(result, 100);
    break;
  }
  assertEquals(await results(pool, [add(1)]), [101]);
});

test("WorkerPool refuses a second list of tasks beside the first", async () => {
  using pool = poolOf();
  for await (const _ of pool.run([add(0)])) {
    await assertRejects(() => results(pool, [add(1)]), Error, "one list of tasks at a time");
  }
});
