import { assertEquals, assertRejects } from "@std/assert";
import { ModelWorkerQueue } from "../../../apps/serve/page/model_worker_queue.ts";
import type { FromModel, ToModel } from "../../../apps/serve/page/protocol.ts";

/** A worker that answers when the test says so. */
class FakeWorker {
  static all: FakeWorker[] = [];
  onmessage: ((event: MessageEvent<FromModel>) => void) | null = null;
  onerror: ((event: ErrorEvent) => void) | null = null;
  asked: ToModel[] = [];
  ended = false;
  constructor() {
    FakeWorker.all.push(this);
  }
  postMessage(message: ToModel) {
    this.asked.push(message);
    if (message.call === "open") queueMicrotask(() => this.answer("info"));
  }
  terminate() {
    this.ended = true;
  }
  answer(answer: unknown) {
    const { id } = this.asked.at(-1)!;
    this.onmessage?.({ data: { id, answer } } as MessageEvent<FromModel>);
  }
  fail(error: string) {
    const { id } = this.asked.at(-1)!;
    this.onmessage?.({ data: { id, error } } as MessageEvent<FromModel>);
  }
}

function newQueue(): ModelWorkerQueue {
  FakeWorker.all = [];
  return new ModelWorkerQueue({
    worker: () => new FakeWorker() as unknown as Worker,
    open: { files: new Map(), punkt: null },
  });
}

const ask = (text: string) => ({ text, deleted: [] });
const tick = () => new Promise((resolve) => setTimeout(resolve, 0));
const texts = (worker: FakeWorker) =>
  worker.asked.slice(1).map(({ ask }) => (ask as { text: string }).text);

Deno.test("ModelWorkerQueue starts its worker with the first call, and waits for the model", async () => {
  const queue = newQueue();
  assertEquals(FakeWorker.all.length, 0);
  const answer = queue.ask("classify", ask("a"));
  const [worker] = FakeWorker.all;
  assertEquals(worker!.asked.map(({ call }) => call), ["open"]);
  await tick();
  assertEquals(worker!.asked.map(({ call }) => call), ["open", "classify"]);
  worker!.answer(1);
  assertEquals(await answer as unknown, 1);
});

Deno.test("ModelWorkerQueue drops waiting calls for newer ones", async () => {
  const queue = newQueue();
  await queue.open();
  const [worker] = FakeWorker.all;
  const first = queue.ask("classify", ask("a"));
  const second = queue.ask("classify", ask("ab"));
  const third = queue.ask("classify", ask("abc"));
  assertEquals(await second, undefined);
  worker!.answer(1);
  await tick();
  worker!.answer(3);
  assertEquals([await first as unknown, await third as unknown], [1, 3]);
  assertEquals(texts(worker!), ["a", "abc"]);
});

Deno.test("ModelWorkerQueue makes urgent calls first", async () => {
  const queue = newQueue();
  await queue.open();
  const [worker] = FakeWorker.all;
  const all = [
    queue.ask("deletion", { ...ask("1"), question: null!, direction: 1, max: 1 }),
    queue.ask("word", { ...ask("2"), question: null!, position: 0 }),
    queue.ask("explain", { ...ask("3"), question: null! }),
    queue.ask("classify", ask("4")),
  ];
  for (let i = 0; i < 4; i++) {
    worker!.answer(i);
    await tick();
  }
  await Promise.all(all);
  assertEquals(texts(worker!), ["1", "4", "3", "2"]);
});

Deno.test("ModelWorkerQueue ends a worker that keeps a newer call waiting", async () => {
  const queue = newQueue();
  await queue.open();
  const [worker] = FakeWorker.all;
  const old = queue.ask("explain", { ...ask("old"), question: null! });
  const now = queue.ask("explain", { ...ask("new"), question: null! });
  assertEquals(await old, undefined);
  assertEquals([worker!.ended, FakeWorker.all.length], [true, 2]);
  await tick();
  const [, successor] = FakeWorker.all;
  assertEquals(texts(successor!), ["new"]);
  successor!.answer(2);
  assertEquals(await now as unknown, 2);
});

Deno.test("ModelWorkerQueue lets an urgent call end though a less urgent one waits", async () => {
  const queue = newQueue();
  await queue.open();
  const [worker] = FakeWorker.all;
  const urgent = queue.ask("explain", { ...ask("1"), question: null! });
  const other = queue.ask("word", { ...ask("2"), question: null!, position: 0 });
  await new Promise((resolve) => setTimeout(resolve, 400));
  assertEquals(worker!.ended, false);
  worker!.answer(1);
  await tick();
  worker!.answer(2);
  assertEquals([await urgent as unknown, await other as unknown], [1, 2]);
});

Deno.test("ModelWorkerQueue hands on errors and goes on", async () => {
  const queue = newQueue();
  await queue.open();
  const [worker] = FakeWorker.all;
  const wrong = queue.ask("classify", ask("a"));
  worker!.fail("no");
  await assertRejects(() => wrong, Error, "no");
  const right = queue.ask("classify", ask("b"));
  worker!.answer(1);
  assertEquals(await right as unknown, 1);
  assertEquals(queue.busy, false);
});

Deno.test("ModelWorkerQueue starts again after its worker failed", async () => {
  const queue = newQueue();
  await queue.open();
  const [worker] = FakeWorker.all;
  const wrong = queue.ask("classify", ask("a"));
  worker!.onerror?.({ message: "out of memory" } as ErrorEvent);
  await assertRejects(() => wrong, Error, "out of memory");
  const right = queue.ask("classify", ask("b"));
  await tick();
  FakeWorker.all[1]!.answer(1);
  assertEquals(await right as unknown, 1);
});
