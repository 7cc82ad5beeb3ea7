#!/usr/bin/env -S deno run -q -P=serve
import { findCache } from "@heatword/datasets/folders";
import { end, onceAtEnd } from "./cli/at_end.ts";
import { leave } from "./cli/early_end.ts";
import { needsOfModel, needsOfSpec, requirePermissions } from "./cli/permissions.ts";
import { serveProgram } from "./cli/programs/serve.ts";
import { runProgram } from "./cli/run_program.ts";
import { isStarted } from "./cli/started.ts";
import { readSettings } from "./serve/_settings.ts";

/** How long open requests may keep the server from ending, in milliseconds. */
const LONGEST_GOODBYE = 3000;

if (isStarted(import.meta)) {
  runProgram(serveProgram, async (args) => {
    const settings = readSettings(args);
    const by = "Serving";
    requirePermissions([
      { by, to: "read" },
      { by, to: "write", what: `${findCache()}/` },
      { by: "Option --host", to: "net", what: `${settings.host}:${settings.port}` },
      { by, to: "run", what: "deno" },
      ...needsOfModel(args.model),
      ...needsOfSpec("Option --compare-model", args["compare-model"]),
    ]);
    const { startServer } = await import("./serve/start.ts");
    const starting = startServer(settings);
    const goodbye = () => {
      // A slow download does not keep it.
      setTimeout(leave, LONGEST_GOODBYE);
      const stopped = starting.then(({ stop }) => stop());
      // What a model holds is ended while the server is still starting, too.
      Promise.allSettled([stopped, end()]).finally(leave);
    };
    onceAtEnd(() => {});
    Deno.addSignalListener("SIGINT", goodbye);
    if (Deno.build.os !== "windows") Deno.addSignalListener("SIGTERM", goodbye);
    const { url } = await starting;
    console.log(url);
    console.error("Open this address in a browser; Ctrl-C ends the server");
    // What goes wrong for one visitor must not end the server for all.
    addEventListener("unhandledrejection", (event) => {
      event.preventDefault();
      console.error(`error: ${(event.reason as Error)?.message ?? event.reason}`);
    });
    // What is to be done at the end is for a signal.
    await new Promise(() => {});
  });
}
