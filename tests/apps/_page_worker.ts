/** The script of the first model's worker that is in a report. */
export function workerIn(html: string): string {
  return JSON.parse(/id="embedded"[^>]*>([^]*?)<\/script>/.exec(html)![1]!).scripts[0];
}

/** The answers of a page's worker to calls one after the other. */
export async function askWorker(script: string, calls: readonly Record<string, unknown>[]) {
  const url = URL.createObjectURL(new Blob([script], { type: "text/javascript" }));
  const worker = new Worker(url, { type: "module" });
  try {
    // deno-lint-ignore no-explicit-any
    const answers: any[] = [];
    for (const [id, call] of calls.entries()) {
      const answered = Promise.withResolvers<Record<string, unknown>>();
      worker.onmessage = ({ data }) => answered.resolve(data);
      worker.onerror = (event) => {
        event.preventDefault();
        answered.reject(new Error(event.message));
      };
      worker.postMessage({ id, ...call });
      const { answer, error } = await answered.promise;
      if (error !== undefined) throw new Error(String(error));
      answers.push(answer);
    }
    return answers;
  } finally {
    worker.terminate();
    URL.revokeObjectURL(url);
  }
}
