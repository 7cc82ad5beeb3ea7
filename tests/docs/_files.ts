/** A name of files as one pattern, whatever stands for the part that varies. */
export function patternOf(name: string): string {
  return name.replaceAll(/\$\{?\w+\}?|\{[^}\s]*\}|\*+/g, "*").replaceAll(/^\.\//g, "");
}

/** The words of a command line, without quotes, redirections and the names of tasks. */
function wordsOf(text: string): string[] {
  return text.replaceAll(/\bdeno task [\w:-]+/g, "").split(/[\s'"<>|;&()=]+/)
    .filter((word) => word !== "").map(patternOf);
}

/** The files that a command says it writes: behind ">", "--out" and "--joblog". */
export function filesWritten(text: string): string[] {
  const named = text.matchAll(/(?:>>?|--out[ =]|--joblog[ =])\s*["']?([^\s"'<>|;&()]+)/g);
  return [...named].map(([, name]) => patternOf(name!)).filter((name) => name !== "/dev/null");
}

/** Whether a command names a file, or one in a folder of that name. */
export function namesFile(text: string, file: string): boolean {
  return wordsOf(text).some((word) => word === file || word.startsWith(`${file}/`));
}
