import { assert } from "@std/assert";
import { compileKernels } from "../../../../../core/models/word_cnn/kernels/build.ts";

Deno.test("the kernels in the repository are compiled from the source beside them", async () => {
  const kept = await Deno.readTextFile(
    new URL("../../../../../core/models/word_cnn/kernels/_binary.ts", import.meta.url),
  );
  assert(await compileKernels() === kept, 'Run "deno task build:kernels"');
});
