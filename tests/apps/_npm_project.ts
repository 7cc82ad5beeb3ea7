import { writePackage } from "../../apps/npm/write.ts";
import { firstReason, lacksPermission, lacksProgram } from "../_skip.ts";

/** Runs a program to its end, and gives what it says. */
export async function run(cwd: string, program: string, ...args: string[]): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(program, {
    args,
    cwd,
    env: { NO_COLOR: "1", npm_config_update_notifier: "false" },
    stdin: "null",
  }).output();
  const said = new TextDecoder().decode(success ? stdout : stderr);
  if (!success) throw new Error(`${program} ${args.join(" ")}: ${said}`);
  return said;
}

let made: Promise<string> | undefined;

/** An empty project into which the packed package was installed; made once. */
export function installedPackage(): Promise<string> {
  return made ??= (async () => {
    const folder = await Deno.makeTempDir({ prefix: "heatword-npm-" });
    addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
    const { buildPackage } = await import("../../apps/npm/build.ts");
    await writePackage(`${folder}/package`, await buildPackage());
    const packed = await run(`${folder}/package`, "npm", "pack", "--pack-destination", folder);
    const project = `${folder}/project`;
    await Deno.mkdir(project);
    await Deno.writeTextFile(`${project}/package.json`, '{"type":"module"}');
    const file = `${folder}/${packed.trim().split("\n").at(-1)}`;
    await run(project, "npm", "install", "--no-audit", "--no-fund", file);
    return project;
  })();
}

/** Why packages of npm cannot be fetched, if they cannot. */
export function lacksRegistry(): string | undefined {
  const lacks = firstReason(
    lacksPermission("read", "write", "env", "run", "net"),
    lacksProgram("npm"),
  );
  if (lacks !== undefined) return lacks;
  const { success } = new Deno.Command("npm", {
    args: ["view", "web-worker@1.5.0", "version", "--fetch-retries=0", "--fetch-timeout=10000"],
    stdin: "null",
    stdout: "null",
    stderr: "null",
  }).outputSync();
  return success ? undefined : "npm reaches no registry";
}

/**
 * Bundles a script of that project for browsers, minified.
 *
 * @param project The folder of the project.
 * @param script The script.
 * @returns The bundle.
 */
export async function bundled(project: string, script: string): Promise<string> {
  const [entry, bundle] = ["entry.js", "entry.min.js"];
  await Deno.writeTextFile(`${project}/${entry}`, script);
  const flags = ["-q", "--node-modules-dir=manual", "--platform", "browser", "--minify"];
  await run(project, Deno.execPath(), "bundle", ...flags, entry, "-o", bundle);
  return await Deno.readTextFile(`${project}/${bundle}`);
}

/** How many bytes a text has once it is compressed by gzip, as servers send it. */
export async function compressedBytes(text: string): Promise<number> {
  const stream = new Blob([text]).stream().pipeThrough(new CompressionStream("gzip"));
  return (await new Response(stream).arrayBuffer()).byteLength;
}

/** A script that explains by one explainer alone, and can be called. */
export function scriptOf(explainer: string): string {
  return `import { explain } from "heatword";
import "heatword/explainers/${explainer}";
globalThis.explain = explain;
`;
}
