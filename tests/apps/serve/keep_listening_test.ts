import { assertEquals } from "@std/assert";
import { keepListening } from "../../../apps/serve/_keep_listening.ts";

type Server = Deno.HttpServer<Deno.NetAddr>;

/** Stands for Deno's server; it is interrupted when the test says so. */
function fakeServe() {
  const ports: number[] = [];
  const errors: unknown[] = [];
  let interrupt: (error: unknown) => void = () => {};
  const serve = ({ port = 0 }: Deno.ServeTcpOptions): Server => {
    ports.push(port);
    const failed = errors.shift();
    if (failed) throw failed;
    const { promise, resolve, reject } = Promise.withResolvers<void>();
    interrupt = reject;
    const shutdown = () => Promise.resolve(resolve());
    const addr: Deno.NetAddr = { transport: "tcp", hostname: "127.0.0.1", port: port || 4321 };
    return { finished: promise, shutdown, addr } as unknown as Server;
  };
  return { serve, ports, errors, interrupt: (error: unknown) => interrupt(error) };
}

const tooMany = () => Object.assign(new Error("Too many open files"), { code: "EMFILE" });
const later = (milliseconds: number) => new Promise((resolve) => setTimeout(resolve, milliseconds));

Deno.test("keepListening() listens again, at the same port, when it is interrupted", async () => {
  const { serve, ports, errors, interrupt } = fakeServe();
  const said: string[] = [];
  const old = console.error;
  console.error = (line) => said.push(line);
  try {
    const listener = keepListening("127.0.0.1", 0, () => new Response(), serve);
    assertEquals(listener.port, 4321);
    // Nor is there a descriptor to listen again at once.
    errors.push(tooMany());
    interrupt(tooMany());
    await later(700);
    assertEquals(ports, [0, 4321, 4321]);
    interrupt(tooMany());
    await later(350);
    assertEquals(ports.length, 4);
    await listener.stop();
  } finally {
    console.error = old;
  }
  assertEquals(said, [
    "error: New connections are not taken for a moment: too many files and connections are open",
  ]);
});

Deno.test("keepListening() is stopped while it waits to listen again", async () => {
  const { serve, ports, interrupt } = fakeServe();
  const old = console.error;
  console.error = () => {};
  try {
    const listener = keepListening("127.0.0.1", 0, () => new Response(), serve);
    interrupt(tooMany());
    await later(20);
    await listener.stop();
    await later(300);
    assertEquals(ports.length, 1);
  } finally {
    console.error = old;
  }
});
