import { assertEquals } from "@std/assert";
import { filesBelow, readRepositoryFile } from "../docs/_documents.ts";
import { testPermitted } from "../_skip.ts";

testPermitted("read")("explainers, eval and apps ask what a model can, never for its class", () => {
  const asks = /\binstanceof\s+\w*(Cnn|Model|Classifier)\b/;
  const files = ["explainers/", "eval/", "apps/"].flatMap((folder) => filesBelow(folder, ".ts"));
  assertEquals(files.length > 500, true);
  assertEquals(files.filter((path) => asks.test(readRepositoryFile(path))), []);
});
