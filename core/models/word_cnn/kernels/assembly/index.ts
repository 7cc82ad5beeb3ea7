// The kernels: AssemblyScript, compiled by `deno task build:kernels`. Addresses are in bytes and
// multiples of 16 wherever vectors are loaded.
export { distribute } from "./distribute";
export { interleave, pack, project } from "./project";
export { score, settle, withoutEach, writeWindows } from "./perturb";
export { maxOverTime, maxOverWindows } from "./pool";
export { accumulate, activate, dense, denseBackward, update } from "./train";
export { descendWords, toWords } from "./words";
export { spread } from "./spread";
