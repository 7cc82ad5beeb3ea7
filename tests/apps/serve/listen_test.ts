import { listen, wayIn } from "../../../apps/serve/_listen.ts";
import { assert, assertEquals, assertLess } from "@std/assert";
import { testPermitted } from "../../_skip.ts";

const test = testPermitted("net");

/** A port on which nobody listens. */
function freePort(): number {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const { port } = listener.addr as Deno.NetAddr;
  listener.close();
  return port;
}

test("wayIn() tries again until the server takes connections", async () => {
  const port = freePort();
  const way = wayIn(port, new AbortController().signal);
  await new Promise((resolve) => setTimeout(resolve, 300));
  const listener = Deno.listen({ hostname: "127.0.0.1", port });
  const taken = await listener.accept();
  const found = await way;
  assertEquals((found!.remoteAddr as Deno.NetAddr).port, port);
  taken.close();
  found!.close();
  listener.close();
});

test("wayIn() ends at once when the server stops, also before it has begun", async () => {
  const stopping = new AbortController();
  const port = freePort();
  const way = wayIn(port, stopping.signal);
  await new Promise((resolve) => setTimeout(resolve, 50));
  const began = performance.now();
  stopping.abort();
  assertEquals(await way, undefined);
  assertEquals(await wayIn(port, stopping.signal), undefined);
  // All tries together take five seconds.
  assertLess(performance.now() - began, 1000);
});

test("a listener answers, and leaves no connection, timer or client behind when it stops", async () => {
  const listener = listen("127.0.0.1", 0, () => new Response("yes"));
  const { port } = listener;
  assertEquals(await (await fetch(`http://127.0.0.1:${port}`)).text(), "yes");
  // One that says nothing, and one that comes as the listener stops.
  const silent = await Deno.connect({ hostname: "127.0.0.1", port });
  await new Promise((resolve) => setTimeout(resolve, 50));
  const late = await Deno.connect({ hostname: "127.0.0.1", port });
  const began = performance.now();
  await listener.stop();
  const endOf = (connection: Deno.Conn) => connection.read(new Uint8Array(1)).catch(() => null);
  assertEquals([await endOf(silent), await endOf(late)], [null, null]);
  assert(performance.now() - began < 3000, "it stops without waiting for clients");
  silent.close();
  late.close();
});
