/**
 * Compiles the kernels and writes them as base64 into a module, so that they need no file at run
 * time and a browser bundle holds them.
 *
 * @module
 */
import asc from "assemblyscript/asc";

const source = new URL("./assembly/", import.meta.url);

async function compile(shared: boolean): Promise<Uint8Array> {
  let binary: Uint8Array | undefined = undefined as Uint8Array | undefined;
  const { error, stderr } = await asc.main([
    "index.ts",
    "-O3",
    "--noAssert",
    "--runtime",
    "stub",
    "--enable",
    shared ? "simd,threads" : "simd",
    "--importMemory",
    "--maximumMemory",
    "65536",
    ...(shared ? ["--sharedMemory", "--initialMemory", "1"] : []),
    "--outFile",
    "kernels.wasm",
  ], {
    readFile: (name: string) => {
      try {
        return Deno.readTextFileSync(new URL(name, source));
      } catch {
        return null;
      }
    },
    writeFile: (_name: string, content: string | Uint8Array) => {
      if (typeof content !== "string") binary = content;
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`Cannot compile the kernels: ${error}\n${stderr}`);
  return binary;
}

/**
 * Compiles the kernels from their source.
 *
 * @returns The text of the module that holds them.
 */
export async function compileKernels(): Promise<string> {
  return `// Written by \`deno task build:kernels\` from core/models/word_cnn/kernels/assembly; do not edit.
// deno-fmt-ignore-file
/** The kernels for shared memory. */
export const sharedBinary = "${(await compile(true)).toBase64()}";
/** The same kernels for memory that is not shared. */
export const privateBinary = "${(await compile(false)).toBase64()}";
`;
}

if (import.meta.main) {
  await Deno.writeTextFile(new URL("./_binary.ts", import.meta.url), await compileKernels());
}
