/**
 * How large a bundle for browsers is that explains by one explainer alone: minified, and compressed as
 * servers send it. The npm package is made, packed and installed into an empty project first.
 *
 *     deno task bench:bundles
 *
 * @module
 */
import { listExplainers } from "@heatword/core";
import "@heatword/explainers";
import { runMain } from "../../apps/cli/run_main.ts";
import {
  bundled,
  compressedBytes,
  installedPackage,
  reachesRegistry,
  scriptOf,
} from "./_npm_project.ts";

const kilobytes = (bytes: number) => (bytes / 1000).toFixed(1);

if (import.meta.main) {
  await runMain(async () => {
    if (!reachesRegistry()) throw new Error("Cannot install the package: npm reaches no registry");
    const project = await installedPackage();
    console.log("| explainer | minified, kB | compressed, kB |\n| --- | ---: | ---: |");
    for (const { name } of listExplainers()) {
      const bundle = await bundled(project, scriptOf(name));
      const sizes = [new TextEncoder().encode(bundle).length, await compressedBytes(bundle)];
      console.log(`| \`${name}\` | ${sizes.map(kilobytes).join(" | ")} |`);
    }
  });
}
