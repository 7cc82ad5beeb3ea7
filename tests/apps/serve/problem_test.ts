import { assertEquals, assertMatch } from "@std/assert";
import { Problem, problemResponse } from "../../../apps/serve/_problem.ts";

Deno.test("problemResponse() asks to come back where that helps, and keeps faults to itself", async () => {
  const noFiles = Object.assign(new Error("open '/secret'"), { code: "EMFILE" });
  const cases: [error: unknown, status: number, retry: string | null, detail: RegExp][] = [
    [new Problem(422, "No"), 422, null, /^No$/],
    [new Problem(503, "Wait"), 503, "1", /^Wait$/],
    [new Problem(503, "Wait", 5), 503, "5", /^Wait$/],
    [noFiles, 503, "1", /^The server has too many files and connections open/],
    [new Error("/secret"), 500, null, /^The server failed; its terminal says why$/],
    [undefined, 500, null, /^The server failed/],
  ];
  for (const [error, status, retry, expected] of cases) {
    const response = problemResponse(error);
    const { detail } = await response.json();
    assertEquals([response.status, response.headers.get("retry-after")], [status, retry]);
    assertMatch(detail, expected);
  }
});
