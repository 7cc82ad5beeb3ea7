export { Deno } from "@deno/shim-deno";
export declare const addEventListener: typeof globalThis.addEventListener;
export declare const Worker: typeof globalThis.Worker;
export declare const fetch: typeof globalThis.fetch;
export declare const navigator: { readonly hardwareConcurrency: number };
export declare function readBytes(file: URL): Promise<{ default: Uint8Array }>;
