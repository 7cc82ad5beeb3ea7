import { keepListening, type Listener } from "./_keep_listening.ts";
import { listenError } from "./_listen_error.ts";
import { outOfDescriptors } from "./_problem.ts";

/** Answers requests; the signal is aborted when the client has closed its connection. */
export type Handler = (request: Request, gone: AbortSignal) => Response | Promise<Response>;

/** How long a client may take to end a connection that the server has ended, in milliseconds. */
const LINGER = 1000;
/** How long to wait before connections are taken again, in milliseconds. */
const PAUSE = 200;
/** How often to try to hand a connection on. */
const TRIES = 25;

const inner = "127.0.0.1";

async function copy(from: Deno.Conn, to: Deno.Conn): Promise<void> {
  const buffer = new Uint8Array(65_536);
  for (let length; (length = await from.read(buffer)) !== null;) {
    for (let at = 0; at < length;) at += await to.write(buffer.subarray(at, length));
  }
}

function close(connection: Deno.Conn): void {
  try {
    connection.close();
  } catch {
    // It is closed already.
  }
}

/** Connects to Deno's server, which may not take connections for a moment. */
async function wayIn(port: number): Promise<Deno.TcpConn | undefined> {
  for (let tries = 0; tries < TRIES; tries++) {
    try {
      return await Deno.connect({ hostname: inner, port });
    } catch {
      await new Promise((resolve) => setTimeout(resolve, PAUSE));
    }
  }
  return undefined;
}

/** Ends a connection so that the client can read to the end what it was sent. */
async function endGently(client: Deno.Conn): Promise<void> {
  const timer = setTimeout(() => close(client), LINGER);
  try {
    await client.closeWrite();
    const buffer = new Uint8Array(65_536);
    while (await client.read(buffer) !== null);
  } catch {
    // The client is gone.
  } finally {
    clearTimeout(timer);
    close(client);
  }
}

/**
 * Listens, and tells handlers when a client is gone. `Deno.serve` does not for requests of more
 * than a few hundred bytes (Deno 2.9.6), and ends when the system has no file descriptor left for
 * another connection. So connections are taken here, and handed on to it on this machine.
 *
 * @param host The address or name to listen on.
 * @param port The port; 0 for any free one.
 * @param handler Answers requests.
 * @returns The listener.
 * @throws {Error} If nobody can listen there; the message says why and the way out.
 */
export function listen(host: string, port: number, handler: Handler): Listener {
  let listener: Deno.TcpListener;
  try {
    listener = Deno.listen({ hostname: host, port });
  } catch (error) {
    throw listenError(error, host, port);
  }
  const signals = new Map<number, AbortSignal>();
  const open = new Set<Deno.Conn>();
  const never = new AbortController().signal;
  const server = keepListening(
    inner,
    0,
    (request, { remoteAddr }) =>
      handler(request, signals.get((remoteAddr as Deno.NetAddr).port) ?? never),
  );

  const handOn = async (client: Deno.Conn) => {
    const way = await wayIn(server.port);
    if (way === undefined) return close(client);
    const { port } = way.localAddr as Deno.NetAddr;
    const gone = new AbortController();
    signals.set(port, gone.signal);
    open.add(client);
    const left = copy(client, way).catch(() => {}).then(() => "client");
    const ended = copy(way, client).catch(() => {}).then(() => "server");
    const who = await Promise.race([left, ended]);
    gone.abort();
    close(way);
    signals.delete(port);
    if (who === "server") await endGently(client);
    else close(client);
    open.delete(client);
  };

  let stopped = false;
  let reportedAt = -Infinity;
  const take = async () => {
    while (!stopped) {
      try {
        const client = await listener.accept();
        handOn(client);
      } catch (error) {
        if (stopped) return;
        if (outOfDescriptors(error) && performance.now() - reportedAt > 10_000) {
          reportedAt = performance.now();
          console.error("error: Too many connections are open: new ones have to wait");
        }
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    }
  };
  take();
  const stop = async () => {
    stopped = true;
    listener.close();
    await server.stop();
    for (const client of open) close(client);
  };
  return { port: listener.addr.port, stop };
}
