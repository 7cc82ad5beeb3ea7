import { saidBy } from "../_said.ts";
import { binaryInputs, inputs } from "./_inputs.ts";
import { root } from "./_documents.ts";

/** What is not copied: others' data, results, and what has no part in running a program. */
const LEFT_OUT = new Set(["data", "out", "cache", "node_modules", "tests"]);

function copy(from: URL, to: URL): void {
  Deno.mkdirSync(to, { recursive: true });
  for (const { name, isDirectory, isFile } of Deno.readDirSync(from)) {
    const [source, target] = [new URL(encodeURIComponent(name), from), new URL(name, to)];
    if (name.startsWith(".") || LEFT_OUT.has(name)) continue;
    if (isDirectory) copy(new URL(`${source}/`), new URL(`${target}/`));
    if (isFile) Deno.copyFileSync(source, target);
  }
}

/** What a command gave. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Folders that a person who follows the documents has. */
const HOME_FOLDERS = [
  ".local/share/bash-completion/completions",
  ".zfunc",
  ".config/fish/completions",
];

/** Where Deno keeps what it downloaded, which does not depend on who is at home. */
async function denoFolder(): Promise<string> {
  const { stdout } = await new Deno.Command(Deno.execPath(), { args: ["info", "--json"] }).output();
  return JSON.parse(new TextDecoder().decode(stdout)).denoDir;
}

/** A copy of the repository in which commands can write what they like, with the example inputs. */
export class Workplace {
  readonly folder: string;
  readonly #denoFolder: string;

  private constructor(denoFolder: string) {
    this.folder = Deno.realPathSync(Deno.makeTempDirSync({ prefix: "heatword-docs-" }));
    this.#denoFolder = denoFolder;
    copy(root, new URL(`file://${this.folder}/`));
    for (const [name, content] of Object.entries({ ...inputs, ...binaryInputs })) {
      const path = `${this.folder}/${name}`;
      Deno.mkdirSync(path.slice(0, path.lastIndexOf("/")), { recursive: true });
      if (typeof content === "string") Deno.writeTextFileSync(path, content);
      else Deno.writeFileSync(path, content);
    }
    for (const name of HOME_FOLDERS) {
      Deno.mkdirSync(`${this.folder}/home/${name}`, { recursive: true });
    }
  }

  static async make(): Promise<Workplace> {
    return new Workplace(await denoFolder());
  }

  /** A command of a shell, in the folder, with the deno that runs the tests. */
  command(text: string, env: Record<string, string> = {}): Deno.Command {
    const deno = Deno.execPath();
    const bin = deno.slice(0, deno.lastIndexOf("/"));
    return new Deno.Command("bash", {
      args: ["-o", "pipefail", "-c", text],
      cwd: this.folder,
      env: {
        HOME: `${this.folder}/home`,
        PATH: `${this.folder}/home/bin:${bin}:${Deno.env.get("PATH")}`,
        DENO_DIR: this.#denoFolder,
        DENO_INSTALL_ROOT: `${this.folder}/home`,
        HEATWORD_DATA: "",
        HEATWORD_CACHE: "",
        HEATWORD_MODEL: "",
        NO_COLOR: "1",
        ...env,
      },
      stdin: "piped",
      stdout: "piped",
      stderr: "piped",
    });
  }

  /** Runs a command to its end; it reads the example text from standard input. */
  async run(text: string, env: Record<string, string> = {}): Promise<Outcome> {
    const child = this.command(text, env).spawn();
    const writer = child.stdin.getWriter();
    // Most commands end without having read it.
    const written = writer.write(new TextEncoder().encode(inputs["post.txt"]))
      .then(() => writer.close()).catch(() => {});
    const { code, stdout, stderr } = await child.output();
    await written;
    const decode = (bytes: Uint8Array) => new TextDecoder().decode(bytes);
    return { code, stdout: decode(stdout), stderr: saidBy(stderr) };
  }

  /** Removes the folder and all that was written into it. */
  remove(): void {
    Deno.removeSync(this.folder, { recursive: true });
  }
}
