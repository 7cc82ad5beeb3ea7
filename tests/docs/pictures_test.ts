import { assertEquals } from "@std/assert";
import { documents, filesBelow, readRepositoryFile } from "./_documents.ts";
import { pictures } from "./_pictures.ts";
import { testPermitted } from "../_skip.ts";

const test = testPermitted("read");
const inOrder = (names: Iterable<string>) => [...new Set(names)].sort();

test("every picture of the documents is made by the task, shown, and there", () => {
  const made = inOrder(pictures.map(({ file }) => file));
  const shown = documents().flatMap((
    document,
  ) => [...readRepositoryFile(document).matchAll(/[\w./-]+\.(?:png|svg|jpe?g|gif|webp)(?=[")])/g)])
    .map(([path]) => path.replace(/^.*\//, ""));
  assertEquals(inOrder(shown), made);
  assertEquals(
    [".png", ".svg", ".jpg", ".gif", ".webp"].flatMap((ending) => filesBelow("docs/", ending)),
    made.map((file) => `docs/images/${file}`),
  );
});

test("a picture that is there in dark is shown in dark", () => {
  const dark = pictures.filter(({ colorScheme }) => colorScheme === "dark");
  const shown = documents().flatMap((document) =>
    [
      ...readRepositoryFile(document).matchAll(
        /<picture>\s*<source media="\(prefers-color-scheme: dark\)" srcset="([^"]*)">\s*<img src="([^"]*)"/g,
      ),
    ].map(([, ...paths]) => paths.map((path) => path.replace(/^.*\//, "")))
  );
  assertEquals(
    inOrder(shown.map(([inDark]) => inDark!)),
    inOrder(dark.map(({ file }) => file)),
  );
  for (const [inDark, inLight] of shown) assertEquals(inDark, inLight!.replace(".", "-dark."));
});
