import asc from "assemblyscript/asc";

/**
 * Compiles kernels in AssemblyScript. Only programs that build them import this.
 *
 * @param source The folder of `index.ts`.
 * @param options Whether the memory is shared between threads; without that it is not.
 * @returns The WebAssembly module.
 * @throws {Error} If the source does not compile.
 */
export async function compileAssembly(
  source: URL,
  { shared = false }: { readonly shared?: boolean } = {},
): Promise<Uint8Array> {
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
