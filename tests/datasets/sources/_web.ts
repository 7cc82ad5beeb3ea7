import type { Source } from "@heatword/datasets/sources";
import { createHash } from "node:crypto";

/** A folder, a server and what was asked of it. */
export interface Web {
  readonly dir: string;
  readonly url: string;
  readonly asked: string[];
  /** A source whose right file is served at `/right`. */
  readonly source: Source;
}

/** Serves `content` at `/right`, a page at `/wrong`, and half of `content` at `/half`. */
export async function withWeb(
  content: Uint8Array<ArrayBuffer>,
  body: (web: Web) => Promise<void>,
): Promise<void> {
  const asked: string[] = [];
  const answers: Record<string, () => Response> = {
    "/right": () => new Response(content),
    "/wrong": () => new Response("<html>We have moved</html>"),
    "/half": () => new Response(content.slice(0, content.length >> 1)),
  };
  const server = Deno.serve({ hostname: "127.0.0.1", port: 0, onListen: () => {} }, (request) => {
    const { pathname } = new URL(request.url);
    asked.push(pathname);
    return answers[pathname]?.() ?? new Response("Not found", { status: 404 });
  });
  const url = `http://127.0.0.1:${server.addr.port}`;
  const dir = await Deno.makeTempDir();
  const sha256 = createHash("sha256").update(content).digest("hex");
  const source = { name: "file.gz", addresses: [`${url}/right`], sha256, maxBytes: 1_000_000 };
  try {
    await body({ dir, url, asked, source });
  } finally {
    await Deno.remove(dir, { recursive: true });
    await server.shutdown();
  }
}

/** All files below a folder, by their paths in it. */
export function filesBelow(dir: string): string[] {
  return [...Deno.readDirSync(dir)].flatMap(({ name, isDirectory }) =>
    isDirectory ? filesBelow(`${dir}/${name}`).map((path) => `${name}/${path}`) : [name]
  ).sort();
}
