import { assert } from "@std/assert";
import { testPermitted } from "../../../../_skip.ts";

const test = testPermitted("read", "env");

test("the kernels in the repository are compiled from the source beside them", async () => {
  const kept = await Deno.readTextFile(
    new URL("../../../../../core/models/word_cnn/kernels/_binary.ts", import.meta.url),
  );
  // Only here: the compiler reads the environment as soon as it is imported.
  const { compileKernels } = await import("../../../../../core/models/word_cnn/kernels/build.ts");
  assert(await compileKernels() === kept, 'Run "deno task build:kernels"');
});

test("the kernel of recurrent layers is compiled from the source beside it", async () => {
  const kept = await Deno.readTextFile(
    new URL("../../../../../core/layers/recurrent/kernel/binary.ts", import.meta.url),
  );
  const { compileKernel } = await import("../../../../../core/layers/recurrent/kernel/build.ts");
  assert(await compileKernel() === kept, 'Run "deno task build:kernels"');
});
