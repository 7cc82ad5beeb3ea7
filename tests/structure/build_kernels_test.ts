import { assert } from "@std/assert";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read", "env");

test("the kernels in the repository are compiled from the sources beside them", async () => {
  // Only here: the compiler reads the environment as soon as it is imported.
  const { binaryOf, compileKernels, KERNELS } = await import("./build_kernels.ts");
  for (const kernels of KERNELS) {
    const kept = await Deno.readTextFile(binaryOf(kernels));
    const compiled = await compileKernels(kernels);
    assert(compiled === kept, `${kernels.folder}: run "deno task build:kernels"`);
  }
});
