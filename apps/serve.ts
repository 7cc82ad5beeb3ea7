#!/usr/bin/env -S deno run -q -P=serve
import { findCache } from "@heatword/datasets";
import { readCommandLine, runMain } from "./cli/cli.ts";
import { requirePermissions } from "./cli/permissions.ts";
import { commandLine, readSettings } from "./serve/_settings.ts";

if (import.meta.main) {
  await runMain(async () => {
    const settings = readSettings(readCommandLine(Deno.args, commandLine));
    const by = "Serving";
    requirePermissions([
      { by, to: "read" },
      { by, to: "write", what: `${findCache()}/` },
      { by: "Option --host", to: "net", what: `${settings.host}:${settings.port}` },
      { by, to: "run", what: "deno" },
    ]);
    const { startServer } = await import("./serve/start.ts");
    const { url, stop } = await startServer(settings);
    console.log(url);
    console.error("Open this address in a browser; Ctrl-C ends the server");
    Deno.addSignalListener("SIGINT", () => stop().then(() => Deno.exit(0)));
  });
}
