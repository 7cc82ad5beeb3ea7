/// <reference lib="deno.worker" />
import { serveTasks } from "@heatword/core/workers";

/** What the worker of these tests can be asked to do. */
export type OddTask =
  | { readonly kind: "add"; readonly value: number; readonly wait?: number }
  | { readonly kind: "measure"; readonly values: Float32Array<ArrayBuffer> }
  | { readonly kind: "throw"; readonly message: string }
  | { readonly kind: "meet"; readonly count: number }
  | { readonly kind: "crash" | "hang" | "close" | "exit" | "uncloneable" };

/** How it starts. */
export interface OddStart {
  readonly base: number;
  readonly together?: boolean;
  readonly fault?: "throw" | "hang" | "crash";
}

const pause = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));
const forever = new Promise<never>(() => {});

/** Those who wait until there are enough of them. */
let met = 0;
const meeting = Promise.withResolvers<void>();

async function work(base: number, task: OddTask): Promise<unknown> {
  switch (task.kind) {
    case "add":
      await pause(task.wait ?? 0);
      return base + task.value;
    case "meet":
      if (++met === task.count) meeting.resolve();
      await meeting.promise;
      return met;
    case "measure":
      return task.values.length;
    case "throw":
      throw new RangeError(task.message);
    case "crash":
      setTimeout(() => {
        throw new Error("outside of the task");
      });
      return await forever;
    case "hang":
      return await forever;
    case "close":
      return self.close();
    case "exit":
      return Deno.exit(3);
    case "uncloneable":
      return () => {};
  }
}

serveTasks(async ({ base, fault, together = false }: OddStart) => {
  if (fault === "throw") throw new TypeError("no such model");
  if (fault === "hang") await forever;
  if (fault === "crash") {
    setTimeout(() => {
      throw new Error("outside of the start");
    });
    await forever;
  }
  return {
    work: (task: OddTask) => work(base, task),
    together,
    ready: `added to ${base}`,
  };
});
