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

/** Waits, but not when everything stops. */
async function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (signal.aborted) return;
  const { promise, resolve } = Promise.withResolvers<void>();
  const end = () => resolve();
  const timer = setTimeout(end, milliseconds);
  signal.addEventListener("abort", end);
  await promise;
  clearTimeout(timer);
  signal.removeEventListener("abort", end);
}

/**
 * Connects to Deno's server, which may not take connections for a moment.
 *
 * @param port Where the server listens on this machine.
 * @param stopping Aborted when the server stops: then there is nothing to wait for.
 * @returns The connection; nothing where there is none to be had.
 */
export async function wayIn(
  port: number,
  stopping: AbortSignal,
): Promise<Deno.TcpConn | undefined> {
  for (let tries = 0; tries < TRIES && !stopping.aborted; tries++) {
    try {
      return await Deno.connect({ hostname: inner, port });
    } catch {
      await pause(PAUSE, stopping);
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
  const stopping = new AbortController();
  const server = keepListening(
    inner,
    0,
    (request, { remoteAddr }) =>
      handler(request, signals.get((remoteAddr as Deno.NetAddr).port) ?? never),
  );

  const handOn = async (client: Deno.Conn) => {
    open.add(client);
    const way = await wayIn(server.port, stopping.signal);
    if (way === undefined || stopping.signal.aborted) {
      if (way !== undefined) close(way);
      open.delete(client);
      return close(client);
    }
    const { port } = way.localAddr as Deno.NetAddr;
    const gone = new AbortController();
    signals.set(port, gone.signal);
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

  let reportedAt = -Infinity;
  const take = async () => {
    while (!stopping.signal.aborted) {
      try {
        const client = await listener.accept();
        handOn(client);
      } catch (error) {
        if (stopping.signal.aborted) return;
        if (outOfDescriptors(error) && performance.now() - reportedAt > 10_000) {
          reportedAt = performance.now();
          console.error("error: Too many connections are open: new ones have to wait");
        }
        await pause(PAUSE, stopping.signal);
      }
    }
  };
  take();
  const stop = async () => {
    stopping.abort();
    listener.close();
    await server.stop();
    for (const client of open) close(client);
  };
  return { port: listener.addr.port, stop };
}
