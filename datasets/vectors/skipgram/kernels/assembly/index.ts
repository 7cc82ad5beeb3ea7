// The kernels of skip-gram: AssemblyScript, compiled by `deno task build:kernels`. Addresses are in
// bytes and multiples of 16 wherever vectors are loaded. Multiplications and additions stay apart
// (no fused multiply-add, no relaxed SIMD), so that all machines give the same bytes.
export { subsample } from "./subsample";
export { plan } from "./plan";
export { descend } from "./descend";
export { dots } from "./dots";
export { merge, takeDifferences } from "./merge";
