/** What a client asked for. */
export interface Asked {
  readonly path: string;
  readonly headers: Headers;
  /** First byte that it asked for, if it asked for a part. */
  readonly from: number | undefined;
}

/** Sends raw bytes to the client; nothing is added. */
export type Send = (...parts: (string | Uint8Array)[]) => Promise<void>;

/** Answers a request; the connection is closed when it is done. */
export type Answer = (asked: Asked, send: Send, number: number) => Promise<void> | void;

/** Runs a server that answers byte by byte as it is told, right or wrong. */
export async function withServer(
  answer: Answer,
  body: (url: string, requests: Asked[]) => Promise<void>,
): Promise<void> {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 });
  const requests: Asked[] = [];
  const open = new Set<Deno.Conn>();
  const serve = async (connection: Deno.Conn) => {
    open.add(connection);
    try {
      const asked = await readRequest(connection);
      requests.push(asked);
      const encoder = new TextEncoder();
      const send: Send = async (...parts) => {
        for (const part of parts) {
          const bytes = typeof part === "string" ? encoder.encode(part) : part;
          for (let at = 0; at < bytes.length;) at += await connection.write(bytes.subarray(at));
        }
      };
      await answer(asked, send, requests.length);
    } catch {
      // The client has gone away.
    } finally {
      open.delete(connection);
      try {
        connection.close();
      } catch {
        // Closed already.
      }
    }
  };
  const served: Promise<void>[] = [];
  const accepting = (async () => {
    for await (const connection of listener) served.push(serve(connection));
  })();
  try {
    await body(`http://127.0.0.1:${(listener.addr as Deno.NetAddr).port}`, requests);
  } finally {
    listener.close();
    for (const connection of open) connection.close();
    await accepting;
    await Promise.all(served);
  }
}

async function readRequest(connection: Deno.Conn): Promise<Asked> {
  const buffer = new Uint8Array(16_384);
  let length = 0;
  let head = "";
  while (!head.includes("\r\n\r\n")) {
    const read = await connection.read(buffer.subarray(length));
    if (read === null) throw new Error("closed");
    length += read;
    head = new TextDecoder().decode(buffer.subarray(0, length));
  }
  const [first = "", ...lines] = head.trimEnd().split("\r\n");
  const headers = new Headers(lines.map((line) => {
    const colon = line.indexOf(":");
    return [line.slice(0, colon), line.slice(colon + 1).trim()] as [string, string];
  }));
  const range = /^bytes=(\d+)-$/.exec(headers.get("range") ?? "");
  return { path: first.split(" ")[1]!, headers, from: range ? Number(range[1]) : undefined };
}

/** The head of a right answer to a request, whole file or part. */
export function head(asked: Asked, size: number): string {
  return asked.from === undefined
    ? `HTTP/1.1 200 OK\r\nContent-Length: ${size}\r\n\r\n`
    : `HTTP/1.1 206 Partial Content\r\nContent-Length: ${size - asked.from}\r\n` +
      `Content-Range: bytes ${asked.from}-${size - 1}/${size}\r\n\r\n`;
}

/** An answer with a status alone. */
export function status(line: string, ...headers: string[]): string {
  return ["HTTP/1.1 " + line, "Content-Length: 0", ...headers, "", ""].join("\r\n");
}
