import { packTar } from "modern-tar";
import { gzipSync } from "node:zlib";

/** An entry: name and content, or name and the kind of thing that is not a file. */
export type Entry = readonly [
  name: string,
  content: string | Uint8Array,
  type?: "symlink" | "link",
];

/** A tar archive of these entries, not compressed. */
export function tar(entries: readonly Entry[]): Promise<Uint8Array> {
  return packTar(entries.map(([name, content, type]) => {
    const bytes = typeof content === "string" ? new TextEncoder().encode(content) : content;
    return type
      ? { header: { name, size: 0, type, linkname: "/etc/passwd" } }
      : name.endsWith("/")
      ? { header: { name, size: 0, type: "directory" as const } }
      : { header: { name, size: bytes.length, type: "file" as const }, body: bytes };
  }));
}

/** A gzipped tar archive of these entries. */
export async function tarGz(entries: readonly Entry[]): Promise<Uint8Array> {
  return gzipSync(await tar(entries));
}
