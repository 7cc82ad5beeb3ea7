/**
 * Compiles the kernels and writes them as base64 into a module, so that they need no file at run
 * time and a browser bundle holds them.
 *
 * @module
 */
import { compileAssembly } from "../../../compile_assembly.ts";

const source = new URL("./assembly/", import.meta.url);

/**
 * Compiles the kernels from their source.
 *
 * @returns The text of the module that holds them.
 */
export async function compileKernels(): Promise<string> {
  return `// Written by \`deno task build:kernels\` from core/models/word_cnn/kernels/assembly; do not edit.
// deno-fmt-ignore-file
/** The kernels for shared memory. */
export const sharedBinary = "${(await compileAssembly(source, { shared: true })).toBase64()}";
/** The same kernels for memory that is not shared. */
export const privateBinary = "${(await compileAssembly(source)).toBase64()}";
`;
}

if (import.meta.main) {
  await Deno.writeTextFile(new URL("./_binary.ts", import.meta.url), await compileKernels());
}
