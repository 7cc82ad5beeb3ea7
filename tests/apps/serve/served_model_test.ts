import { assert, assertEquals, assertRejects } from "@std/assert";
import { Child } from "../../../apps/serve/_child.ts";
import {
  type ServedModelOptions,
  serveModel,
  serveModels,
} from "../../../apps/serve/_served_model.ts";
import { testPermitted } from "../../_skip.ts";
import { withMadeModel } from "../_made_model.ts";

const test = testPermitted("read", "write", "env", "run", "net");

const optionsFor = (model: string, data: string): ServedModelOptions => ({
  ...{ model, name: "mine", data, plugins: [], workers: 2 },
  ...{ timeLimit: 10_000, waitLimit: 10_000, onNotice: () => {} },
});

test("where the script of a page's workers does not bundle, the processes are ended", () =>
  withMadeModel(async (folder, model) => {
    // A process may import it, a browser may not.
    const plugin = `${folder}/plugin.ts`;
    await Deno.writeTextFile(
      plugin,
      `import * as all from "node:child_process";
export default {
  name: "mine",
  description: "Counts",
  citation: "",
  tags: { needs: "scores", signed: true, conserves: false, stochastic: false },
  options: {},
  explain: () => [all],
};
`,
    );
    const started: Child[] = [];
    const ended = new Set<Child>();
    const start = Child.start;
    Child.start = async (host) => {
      const child = await start(host);
      started.push(child);
      child.ended.then(() => ended.add(child));
      return child;
    };
    try {
      const { message } = await assertRejects(
        () => serveModel({ ...optionsFor(model, folder), plugins: [plugin] }),
        Error,
      );
      assertEquals(message, 'Cannot bundle the page: a browser has no "node:child_process"');
      await new Promise((resolve) => setTimeout(resolve));
      assert(started.length >= 2, `${started.length} processes`);
      assertEquals(ended.size, started.length);
    } finally {
      Child.start = start;
      await Promise.all(started.map((child) => child.end()));
    }
  }));

test("where several models do not open, each is told why", () =>
  withMadeModel(async (folder, model) => {
    const [one, other] = ["http://127.0.0.1:9/one", "http://127.0.0.1:9/other"];
    const of = (spec: string): ServedModelOptions => ({
      ...optionsFor(spec, folder),
      limits: { maxRequests: 1 },
    });
    const whyOf = async (...specs: string[]) =>
      (await assertRejects(() => serveModels(specs.map(of)), Error)).message;
    const none = (spec: string) =>
      `1 request was made to ${spec}, and no more are allowed: ` +
      "allow more with --max-requests, or explain fewer or shorter texts";
    assertEquals(await whyOf(one!, other!), `${none(one!)}; and: ${none(other!)}`);
    assertEquals(await whyOf(model, other!), none(other!));
    assertEquals(await whyOf(one!, one!), none(one!));
  }));
