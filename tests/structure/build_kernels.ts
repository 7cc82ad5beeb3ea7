/**
 * Compiles the kernels and writes them as base64 into modules, so that they need no file at run
 * time and a browser bundle holds them.
 *
 * @module
 */
import asc from "assemblyscript/asc";

/** Kernels that are compiled into one module. */
interface KernelSet {
  /** Their folder, from the root of the repository; the source is in `assembly` below it. */
  readonly folder: string;
  /** The binaries: for memory that threads share, or that is private. */
  readonly binaries: readonly ("shared" | "private")[];
}

/** All kernels of the repository. */
export const KERNELS: readonly KernelSet[] = [
  { folder: "core/models/word_cnn/kernels", binaries: ["shared", "private"] },
  { folder: "datasets/vectors/skipgram/kernels", binaries: ["shared"] },
];

const COMMENTS = {
  shared: "/** The kernels for shared memory. */",
  private: "/** The same kernels for memory that is not shared. */",
};

const fileOf = (path: string) => new URL(`../../${path}`, import.meta.url);

/** Where the compiled kernels of a set are kept. */
export const binaryOf = ({ folder }: KernelSet): URL => fileOf(`${folder}/_binary.ts`);

async function compile(source: URL, shared: boolean): Promise<Uint8Array> {
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
 * Compiles kernels from their source.
 *
 * @returns The text of the module that holds them.
 */
export async function compileKernels({ folder, binaries }: KernelSet): Promise<string> {
  const lines = [
    `// Written by \`deno task build:kernels\` from ${folder}/assembly; do not edit.`,
    "// deno-fmt-ignore-file",
  ];
  for (const kind of binaries) {
    const binary = await compile(fileOf(`${folder}/assembly/`), kind === "shared");
    lines.push(COMMENTS[kind], `export const ${kind}Binary = "${binary.toBase64()}";`);
  }
  return lines.join("\n") + "\n";
}

if (import.meta.main) {
  for (const kernels of KERNELS) {
    await Deno.writeTextFile(binaryOf(kernels), await compileKernels(kernels));
  }
}
