/// <reference lib="dom" />
import type { DownloadFormat } from "./protocol.ts";

const types: Readonly<Record<DownloadFormat, string>> = {
  html: "text/html",
  json: "application/json",
  svg: "image/svg+xml",
};

/** Lets the browser save a text as a file. */
export function download(content: string, format: DownloadFormat, id = "explanation"): void {
  const url = URL.createObjectURL(new Blob([content], { type: types[format] }));
  const link = document.createElement("a");
  link.href = url;
  link.download = `${id.replaceAll(/[^\w.-]+/g, "-")}.${format}`;
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), 10_000);
}
