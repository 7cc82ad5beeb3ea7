import { assertEquals } from "@std/assert";
import { fileURLToPath } from "node:url";
import { testPermitted } from "../_skip.ts";
import {
  cyclesOf,
  faultsOf,
  importFaults,
  type Module,
  namesReached,
  readModules,
} from "./imports.ts";

const root = fileURLToPath(new URL("../../", import.meta.url)).replace(/\/$/, "");

/** A module that imports others, each as it is written and where it leads. */
const module = (path: string, ...imports: string[]): Module => ({
  path,
  imports: imports.map((other) => ({ specifier: `./${other}`, path: other })),
  named: [],
});

Deno.test("faultsOf() names imports against the direction, and paths into other packages", () => {
  const up = faultsOf("core/a.ts", { specifier: "@heatword/eval/x", path: "eval/x/mod.ts" });
  assertEquals(up, ["core/a.ts imports eval/x/mod.ts: core must not know eval"]);
  const into = faultsOf("eval/a.ts", { specifier: "../core/mod.ts", path: "core/mod.ts" });
  assertEquals(into, [
    "eval/a.ts reaches into core by ../core/mod.ts: import the package by its name",
  ]);
  const down = { specifier: "@heatword/core", path: "core/mod.ts" };
  assertEquals(faultsOf("eval/a.ts", down), []);
});

Deno.test("faultsOf() keeps private files to their folder, the folders in it, and its namesake", () => {
  const file = { specifier: "x", path: "core/room/_x.ts" };
  for (const from of ["core/room/a.ts", "core/room/inner/a.ts", "core/room.ts"]) {
    assertEquals(faultsOf(from, file), [], from);
  }
  for (const from of ["core/a.ts", "core/roomy/a.ts"]) {
    assertEquals(faultsOf(from, file), [
      `${from} imports core/room/_x.ts: a file whose name begins with _ belongs to its folder`,
    ]);
  }
});

Deno.test("faultsOf() lets explainers import nothing of core but its root", () => {
  const model = { specifier: "@heatword/core/word-cnn", path: "core/models/word_cnn/mod.ts" };
  assertEquals(faultsOf("explainers/lrp/lrp.ts", model), [
    "explainers/lrp/lrp.ts imports @heatword/core/word-cnn: explainers import nothing but @heatword/core",
  ]);
});

Deno.test("cyclesOf() finds modules that import each other, by way of others too", () => {
  const modules = [
    module("a.ts", "b.ts"),
    module("b.ts", "c.ts"),
    module("c.ts", "a.ts", "d.ts"),
    module("d.ts", "e.ts"),
    module("e.ts"),
    module("f.ts", "f.ts"),
  ];
  assertEquals(cyclesOf(modules), [["a.ts", "b.ts", "c.ts"], ["f.ts"]]);
  assertEquals(cyclesOf(modules.slice(3, 5)), []);
});

Deno.test("namesReached() gives what is imported by way of others, and nothing else", () => {
  const modules = [
    module("a.ts", "b.ts"),
    { ...module("b.ts", "c.ts", "a.ts"), named: ["y"] },
    { ...module("c.ts"), named: ["x", "y"] },
    { ...module("d.ts", "a.ts"), named: ["z"] },
  ];
  assertEquals(namesReached(modules, ["a.ts"]), ["x", "y"]);
  assertEquals(namesReached(modules, ["c.ts", "d.ts"]), ["x", "y", "z"]);
});

testPermitted("read", "env")(
  "core and explainers bring no large library into a bundle",
  async () => {
    const named = namesReached(await readModules(root), ["explainers/mod.ts"]);
    // It has 4 kB, not minified.
    assertEquals(named, ["fastest-levenshtein"]);
  },
);

testPermitted("read", "env")("the imports of the packages keep the rules", async () => {
  const modules = await readModules(root);
  assertEquals(modules.length > 300, true);
  assertEquals(importFaults(modules), []);
});
