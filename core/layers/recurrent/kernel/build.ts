/**
 * Compiles the kernel and writes it as base64 into a module.
 *
 * @module
 */
import { compileAssembly } from "../../../compile_assembly.ts";

/**
 * Compiles the kernel from its source.
 *
 * @returns The text of the module that holds it.
 */
export async function compileKernel(): Promise<string> {
  const binary = await compileAssembly(new URL("./assembly/", import.meta.url));
  return `// Written by \`deno task build:kernels\` from core/layers/recurrent/kernel/assembly; do not edit.
// deno-fmt-ignore-file
/** The kernel. */
export const binary = "${binary.toBase64()}";
`;
}

if (import.meta.main) {
  await Deno.writeTextFile(new URL("./binary.ts", import.meta.url), await compileKernel());
}
