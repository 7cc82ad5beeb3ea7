import type { Picture } from "./_pictures.ts";
import { root } from "./_documents.ts";

const TEXT = "The shuttle reached its orbit this morning, and the crew took a ride in the desert.";

/** What the command says to a terminal that has all colours. */
async function explained(): Promise<string> {
  const { success, stdout, stderr } = await new Deno.Command(Deno.execPath(), {
    args: ["run", "-q", "-P=explain", "apps/explain.ts", TEXT],
    cwd: root,
    env: { FORCE_COLOR: "3", COLUMNS: "108", HEATWORD_MODEL: "" },
  }).output();
  if (!success) throw new Error(new TextDecoder().decode(stderr));
  return new TextDecoder().decode(stdout);
}

const colors = {
  light: { text: "#24292f", ground: "#ffffff", edge: "#d0d7de", prompt: "#57606a" },
  dark: { text: "#e6edf3", ground: "#0d1117", edge: "#30363d", prompt: "#8b949e" },
};

/** A page that looks like a terminal in which a text has just been explained. */
export async function terminalPage(colorScheme: Picture["colorScheme"]): Promise<string> {
  const { AnsiUp } = await import("ansi_up");
  const { text, ground, edge, prompt } = colors[colorScheme];
  const shown = new AnsiUp().ansi_to_html((await explained()).trimEnd());
  return `<!doctype html><style>
body { margin: 0; background: transparent; }
pre {
  margin: 0; padding: 16px 20px; box-sizing: border-box; width: 100vw;
  color: ${text}; background: ${ground}; border: 1px solid ${edge}; border-radius: 8px;
  font: 14px/1.45 "DejaVu Sans Mono", monospace;
}
i { color: ${prompt}; font-style: normal; }
</style><pre><i>$</i> deno task explain "${TEXT}"\n\n${shown}</pre>`;
}
