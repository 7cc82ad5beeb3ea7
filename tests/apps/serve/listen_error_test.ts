import { assertMatch } from "@std/assert";
import { listenError } from "../../../apps/serve/_listen_error.ts";

Deno.test("listenError() says in one line why it cannot, and the way out", () => {
  const cases: [error: Error, said: RegExp][] = [
    [
      new Deno.errors.AddrInUse(""),
      /^Cannot listen on \[::1\]:80: another program does; .*--port$/,
    ],
    [new Deno.errors.AddrNotAvailable(""), /no such address; name one by --host$/],
    [new Deno.errors.NotCapable(""), /add --allow-net=\[::1\]$/],
    [new Deno.errors.PermissionDenied(""), /name a port from 1024 on by --port$/],
    [new Error("failed to lookup"), /^Cannot listen on \[::1\]:80: failed to lookup; name/],
  ];
  for (const [error, said] of cases) {
    const { message } = listenError(error, "::1", 80) as Error;
    assertMatch(message, said);
  }
});
