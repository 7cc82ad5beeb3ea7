import { outOfDescriptors } from "./_problem.ts";

/** A listener that takes connections until it is told to stop. */
export interface Listener {
  /** The port it listens on. */
  readonly port: number;
  /** Takes no more connections, and waits until open requests are answered. */
  stop(): Promise<void>;
}

/** How long to wait before listening again, in milliseconds. */
const PAUSE = 200;

/**
 * Listens, and goes on when it is interrupted: where the system has no file descriptor left for
 * another connection, Deno ends the listener; connections that are open already go on. Answers in text
 * are compressed where the client takes that, but for short ones and for streams of lines.
 *
 * @param host The address or name to listen on.
 * @param port The port; 0 for any free one.
 * @param handler Answers requests.
 * @param serve Starts to listen.
 * @returns The listener.
 * @throws {Error} If nobody can listen there.
 */
export function keepListening(
  host: string,
  port: number,
  handler: Deno.ServeHandler,
  serve = (options: Deno.ServeTcpOptions, handler: Deno.ServeHandler) =>
    Deno.serve(options, handler) as Deno.HttpServer<Deno.NetAddr>,
): Listener {
  const stopping = Promise.withResolvers<void>();
  let stopped = false;
  const settings = { hostname: host, automaticCompression: true, onListen() {} };
  const start = (port: number) => serve({ ...settings, port }, handler);
  let server = start(port);
  const bound = server.addr.port;

  const report = (error: unknown) => {
    const why = outOfDescriptors(error)
      ? "too many files and connections are open"
      : (error as Error).message;
    console.error(`error: New connections are not taken for a moment: ${why}`);
  };

  const pause = async () => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const passed = new Promise<void>((resolve) => timer = setTimeout(resolve, PAUSE));
    await Promise.race([passed, stopping.promise]);
    clearTimeout(timer);
  };

  const keepOn = async () => {
    let reportedAt = -Infinity;
    while (!stopped) {
      try {
        await server.finished;
        return;
      } catch (error) {
        // Clients that come again and again must not fill the terminal.
        if (performance.now() - reportedAt > 10_000) report(error);
        reportedAt = performance.now();
      }
      while (!stopped) {
        await pause();
        try {
          if (!stopped) server = start(bound);
          break;
        } catch (error) {
          if (performance.now() - reportedAt > 10_000) report(error);
          reportedAt = performance.now();
        }
      }
    }
  };

  const done = keepOn();
  const stop = async () => {
    stopped = true;
    stopping.resolve();
    await server.shutdown().catch(() => {});
    await done;
  };
  return { port: bound, stop };
}
