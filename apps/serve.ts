#!/usr/bin/env -S deno run -q -P=serve
import { findCache } from "@heatword/datasets/folders";
import { requirePermissions } from "./cli/permissions.ts";
import { serveProgram } from "./cli/programs/serve.ts";
import { runProgram } from "./cli/run_program.ts";
import { readSettings } from "./serve/_settings.ts";

/** How long open requests may keep the server from ending, in milliseconds. */
const LONGEST_GOODBYE = 3000;

if (import.meta.main) {
  runProgram(serveProgram, async (args) => {
    const settings = readSettings(args);
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
    // What goes wrong for one visitor must not end the server for all.
    addEventListener("unhandledrejection", (event) => {
      event.preventDefault();
      console.error(`error: ${(event.reason as Error)?.message ?? event.reason}`);
    });
    const end = () => {
      // A slow download does not keep it.
      setTimeout(() => Deno.exit(0), LONGEST_GOODBYE);
      stop().finally(() => Deno.exit(0));
    };
    Deno.addSignalListener("SIGINT", end);
    if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", end);
  });
}
