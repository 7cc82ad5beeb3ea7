// What Node is missing of what heatword runs on.
import { Deno as shim } from "@deno/shim-deno";
import "core-js/actual/array/from-async.js";
import "core-js/actual/iterator/index.js";
import "core-js/actual/map/group-by.js";
import "core-js/actual/promise/with-resolvers.js";
import "core-js/actual/set/index.js";
import "core-js/actual/symbol/async-dispose.js";
import "core-js/actual/symbol/dispose.js";
import "core-js/actual/typed-array/from-base64.js";
import "core-js/actual/typed-array/to-base64.js";
import "core-js/actual/typed-array/to-hex.js";
import "core-js/actual/url/parse.js";
import NodeWorker from "web-worker";
import { readFile } from "node:fs/promises";
import { availableParallelism } from "node:os";
import process from "node:process";
import { Command } from "./command.js";
import { FsFile, open, openSync } from "./file.js";

/** How Node tells the errors that Deno has classes for. */
const codes = {
  AddrInUse: "EADDRINUSE",
  AlreadyExists: "EEXIST",
  BrokenPipe: "EPIPE",
  ConnectionRefused: "ECONNREFUSED",
  IsADirectory: "EISDIR",
  NotADirectory: "ENOTDIR",
  NotCapable: undefined,
  NotFound: "ENOENT",
  PermissionDenied: "EACCES",
};

/** The classes of errors: one of them also knows the errors of Node that have its code. */
const errors = { ...shim.errors };
for (const [name, code] of Object.entries(codes)) {
  errors[name] = class extends Error {
    name = name;

    static [Symbol.hasInstance](error) {
      return Function.prototype[Symbol.hasInstance].call(this, error) ||
        (code !== undefined && error?.code === code) ||
        (shim.errors[name] !== undefined && error instanceof shim.errors[name]);
    }
  };
}

/** Deno's interface, on Node. */
export const Deno = {
  ...shim,
  errors,
  Command,
  FsFile,
  open,
  openSync,
  unrefTimer: (timer) => timer?.unref?.(),
  // A program is run with all that Node may do.
  permissions: { querySync: () => ({ state: "granted" }) },
  get exitCode() {
    return process.exitCode ?? 0;
  },
  set exitCode(code) {
    process.exitCode = code;
  },
};

/** Events at the end of the program, which Node tells by other names; a worker has its own. */
export const addEventListener = globalThis.addEventListener ??
  ((type, listener) =>
    process.on({ beforeunload: "beforeExit", unload: "exit" }[type] ?? type, listener));

/** Workers, as browsers have them. */
export const Worker = globalThis.Worker ?? NodeWorker;

/** How many processors there are; Node tells it only since version 21. */
export const navigator = globalThis.navigator ?? { hardwareConcurrency: availableParallelism() };

/** Fetches also what lies beside a module. */
export async function fetch(resource, init) {
  const url = resource instanceof URL ? resource : URL.parse(resource);
  if (url?.protocol !== "file:") return await globalThis.fetch(resource, init);
  return new Response(await readFile(url));
}

/** A file beside a module, as an import of its bytes gives it. */
export async function readBytes(file) {
  return { default: new Uint8Array(await readFile(file)) };
}
