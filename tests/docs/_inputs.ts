import { stringify } from "@std/csv";
import { madeFolder } from "../core/models/onnx/_made_folder.ts";
import { scriptsOf } from "./_commands.ts";
import { moduleIn, readRepositoryFile } from "./_documents.ts";
import { ticketInputs } from "./_tickets.ts";

const posts = ["sci.space/001", "rec.motorcycles/002", "sci.med/003"].map((id) => ({
  id,
  text: readRepositoryFile(`datasets/miniature/posts/${id}.txt`),
}));

const [space, motorcycle] = posts.map(({ text }) => text);

/** The example plugin of the documents, under a name. */
export function examplePlugin(name: string): string {
  return moduleIn("explainers/README.md").replaceAll('"soloist"', `"${name}"`);
}

function reviews(): string {
  const good = ["A fine engine and a smooth gear box", "I love this engine", "Best gear I know"];
  const bad = ["The engine broke after a week", "Poor gear and a loud engine", "Never buy this"];
  const rows = Array.from({ length: 40 }, (_, i) => ({
    body: `${(i % 2 ? good : bad)[i % 3]}, said reader ${"abcdefghij"[i % 10]} of the paper`,
    stars: i % 2 ? 5 : 1,
  }));
  return stringify(rows, { columns: ["body", "stars"] });
}

/** The files that the documents take for granted, by name. */
export const inputs: Readonly<Record<string, string>> = {
  "reviews.csv": reviews(),
  ...ticketInputs,
  "labelled/train.csv": reviews().replace("body,stars", "text,label"),
  "labelled/test.csv": reviews().replace("body,stars", "text,label"),
  "mine.ts": examplePlugin("mine"),
  "soloist.ts": examplePlugin("soloist"),
  "praise.ts": moduleIn("docs/how-to/model.md"),
  "hashtags.ts": moduleIn("docs/how-to/tokenizer.md"),
  "post.txt": space!,
  "posts.jsonl": posts.map((post) => JSON.stringify(post) + "\n").join(""),
  "posts.csv": stringify(posts.map(({ text }, i) => ({ number: i + 1, body: text })), {
    columns: ["number", "body"],
  }),
  "folder/space.txt": space!,
  "folder/motorcycle.txt": motorcycle!,
  "explain.sbatch": scriptsOf(readRepositoryFile("docs/scale.md"))[0]!,
  ...Object.fromEntries(
    ["files.txt", "test.txt", "all.txt"].map((
      list,
    ) => [list, "folder/space.txt\nfolder/motorcycle.txt\n"]),
  ),
};

const words = ["a", "good", "bad", "film", "end", "but", ","];

/** A model of Hugging Face that finds "good" good and "bad" bad. */
const bert = madeFolder(words, {
  rows: [
    ...Array(5).fill([0, 0]),
    ...words.map((word) => {
      return word === "good" ? [0, 6] : word === "bad" ? [6, 0] : [0, 0];
    }),
  ],
});

/** The files that they take for granted and that are no text, by name. */
export const binaryInputs: Readonly<Record<string, Uint8Array>> = Object.fromEntries(
  [...bert].map(([name, content]) => [`my-bert/${name}`, content]),
);
