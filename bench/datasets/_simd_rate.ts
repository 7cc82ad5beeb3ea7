import asc from "assemblyscript/asc";

/**
 * Products of three rows with three rows, over and over: nine sums in registers, and the rows in the
 * nearest cache. No loop of multiplications and additions of 128 bits was found to be faster here.
 */
const SOURCE = `
export function rate(bytes: usize, repeats: i32): f32 {
  ${sums((c) => `let ${c} = f32x4.splat(0);`)}
  for (let i = 0; i < repeats; i++) {
    for (let d: usize = 0; d < bytes; d += 16) {
      const a0 = v128.load(d), a1 = v128.load(bytes + d), a2 = v128.load(bytes * 2 + d);
      const b0 = v128.load(bytes * 3 + d), b1 = v128.load(bytes * 4 + d);
      const b2 = v128.load(bytes * 5 + d);
      ${sums((c, i, j) => `${c} = f32x4.add(${c}, f32x4.mul(a${i}, b${j}));`)}
    }
  }
  let sum = f32x4.splat(0);
  ${sums((c) => `sum = f32x4.add(sum, ${c});`)}
  return f32x4.extract_lane(sum, 0);
}`;

function sums(line: (name: string, i: number, j: number) => string): string {
  const pairs = [0, 1, 2].flatMap((i) => [0, 1, 2].map((j) => [i, j] as const));
  return pairs.map(([i, j]) => line(`c${i}${j}`, i, j)).join("\n  ");
}

async function compile(): Promise<Uint8Array<ArrayBuffer>> {
  let binary: Uint8Array<ArrayBuffer> | undefined = undefined as
    | Uint8Array<ArrayBuffer>
    | undefined;
  const options = [
    "index.ts",
    "-O3",
    "--runtime",
    "stub",
    "--enable",
    "simd",
    "--outFile",
    "a.wasm",
  ];
  const { error, stderr } = await asc.main([...options, "--initialMemory", "1"], {
    readFile: (name: string) => name === "index.ts" ? SOURCE : null,
    writeFile: (_name: string, content: string | Uint8Array) => {
      if (typeof content !== "string") binary = new Uint8Array(content);
    },
    listFiles: () => [],
  });
  if (error || !binary) throw new Error(`Cannot compile the loop: ${error}\n${stderr}`);
  return binary;
}

/** The multiply-adds a second that WASM SIMD reaches on one thread of this machine; the best of many. */
export async function simdRate(): Promise<number> {
  const { exports } = new WebAssembly.Instance(new WebAssembly.Module(await compile()));
  const rate = exports["rate"] as (bytes: number, repeats: number) => number;
  const [bytes, repeats] = [1200, 200];
  let best = Infinity;
  // The optimizing compiler works beside and takes its time.
  for (const end = performance.now() + 2000; performance.now() < end;) {
    const start = performance.now();
    rate(bytes, repeats);
    best = Math.min(best, performance.now() - start);
  }
  return 9 * (bytes / 4) * repeats / (best / 1000);
}
