#!/usr/bin/env -S deno run --allow-net=127.0.0.1 --allow-run=deno --allow-read --allow-write=.cache --allow-env
import { readCommandLine, runMain } from "./cli/cli.ts";
import { commandLine, readSettings } from "./serve/_settings.ts";

if (import.meta.main) {
  await runMain(async () => {
    const settings = readSettings(readCommandLine(Deno.args, commandLine));
    const { startServer } = await import("./serve/start.ts");
    const { url, stop } = await startServer(settings);
    console.log(url);
    console.error("Open this address in a browser; Ctrl-C ends the server");
    Deno.addSignalListener("SIGINT", () => stop().then(() => Deno.exit(0)));
  });
}
