/**
 * Compiles the kernels and writes them as base64 into modules, so that they need no file at run
 * time and a browser bundle holds them.
 *
 * @module
 */
import asc from "assemblyscript/asc";

/** A binary, as a module exports it. */
interface Binary {
  /** The name of the export. */
  readonly name: string;
  /** Whether its memory is shared between threads. */
  readonly shared: boolean;
  /** What it is. */
  readonly about: string;
}

/** Kernels that are compiled into one module. */
interface KernelSet {
  /** Their folder, from the root of the repository; the source is in `assembly` below it. */
  readonly folder: string;
  /** The module, in that folder. */
  readonly file: string;
  /** What it holds. */
  readonly binaries: readonly Binary[];
}

const shared = { name: "sharedBinary", shared: true, about: "The kernels for shared memory." };
const unshared = {
  name: "privateBinary",
  shared: false,
  about: "The same kernels for memory that is not shared.",
};

/** All kernels of the repository. */
export const KERNELS: readonly KernelSet[] = [
  {
    folder: "core/models/word_cnn/kernels",
    file: "_binary.ts",
    binaries: [shared, unshared],
  },
  {
    folder: "core/models/recurrent/training/kernels",
    file: "_binary.ts",
    binaries: [shared, unshared],
  },
  {
    folder: "core/layers/recurrent/kernel",
    file: "binary.ts",
    binaries: [{ name: "binary", shared: false, about: "The kernel." }],
  },
  { folder: "datasets/vectors/skipgram/kernels", file: "_binary.ts", binaries: [shared] },
  {
    folder: "datasets/vectors/tall_matrix/kernels",
    file: "_binary.ts",
    binaries: [{ name: "binary", shared: false, about: "The kernels." }],
  },
];

const fileOf = (path: string) => new URL(`../../${path}`, import.meta.url);

/** Where the compiled kernels of a set are kept. */
export const binaryOf = ({ folder, file }: KernelSet): URL => fileOf(`${folder}/${file}`);

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
  for (const { name, shared, about } of binaries) {
    const binary = await compile(fileOf(`${folder}/assembly/`), shared);
    lines.push(`/** ${about} */`, `export const ${name} = "${binary.toBase64()}";`);
  }
  return lines.join("\n") + "\n";
}

if (import.meta.main) {
  for (const kernels of KERNELS) {
    await Deno.writeTextFile(binaryOf(kernels), await compileKernels(kernels));
  }
}
