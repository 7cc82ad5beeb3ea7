// Open files: those of the shim cannot seek.
import fs from "node:fs";
import { promisify } from "node:util";

const [read, write, fsync, fdatasync, ftruncate] = [
  fs.read,
  fs.write,
  fs.fsync,
  fs.fdatasync,
  fs.ftruncate,
].map((call) => promisify(call));

/** How Node is told what is to be done with a file. */
function flagsOf({ read = true, write = false, append = false, create, createNew, truncate }) {
  const { O_RDONLY, O_WRONLY, O_RDWR, O_APPEND, O_CREAT, O_EXCL, O_TRUNC } = fs.constants;
  const writes = write || append;
  let flags = writes ? (read ? O_RDWR : O_WRONLY) : O_RDONLY;
  if (append) flags |= O_APPEND;
  if (create || createNew) flags |= O_CREAT;
  if (createNew) flags |= O_EXCL;
  if (truncate) flags |= O_TRUNC;
  return flags;
}

/** A file that is open, as Deno has it. */
export class FsFile {
  #descriptor;
  #appends;
  #position = 0;
  #isClosed = false;

  constructor(descriptor, appends = false) {
    this.#descriptor = descriptor;
    this.#appends = appends;
  }

  #moved(count) {
    this.#position += count;
    return count;
  }

  async read(bytes) {
    if (bytes.length === 0) return 0;
    const { bytesRead } = await read(this.#descriptor, bytes, 0, bytes.length, this.#position);
    return this.#moved(bytesRead) || null;
  }

  readSync(bytes) {
    if (bytes.length === 0) return 0;
    return this.#moved(fs.readSync(this.#descriptor, bytes, 0, bytes.length, this.#position)) ||
      null;
  }

  async write(bytes) {
    const place = this.#appends ? null : this.#position;
    const { bytesWritten } = await write(this.#descriptor, bytes, 0, bytes.length, place);
    return this.#moved(bytesWritten);
  }

  writeSync(bytes) {
    const place = this.#appends ? null : this.#position;
    return this.#moved(fs.writeSync(this.#descriptor, bytes, 0, bytes.length, place));
  }

  seekSync(offset, whence) {
    const from = [0, this.#position, fs.fstatSync(this.#descriptor).size][whence];
    return this.#position = from + Number(offset);
  }

  seek(offset, whence) {
    return Promise.resolve(this.seekSync(offset, whence));
  }

  async stat() {
    return await Promise.resolve(this.statSync());
  }

  statSync() {
    const info = fs.fstatSync(this.#descriptor);
    return { ...info, isFile: info.isFile(), isDirectory: info.isDirectory() };
  }

  async truncate(length = 0) {
    await ftruncate(this.#descriptor, length);
  }

  truncateSync(length = 0) {
    fs.ftruncateSync(this.#descriptor, length);
  }

  async sync() {
    await fsync(this.#descriptor);
  }

  syncSync() {
    fs.fsyncSync(this.#descriptor);
  }

  async syncData() {
    await fdatasync(this.#descriptor);
  }

  syncDataSync() {
    fs.fdatasyncSync(this.#descriptor);
  }

  // Node cannot lock files: two runs at once that write to one place are not kept apart.
  lock() {
    return Promise.resolve();
  }

  tryLock() {
    return Promise.resolve(true);
  }

  unlock() {
    return Promise.resolve();
  }

  isTerminal() {
    return false;
  }

  get readable() {
    return new ReadableStream({
      pull: async (controller) => {
        const bytes = new Uint8Array(1 << 16);
        const count = await this.read(bytes);
        if (count !== null) return controller.enqueue(bytes.subarray(0, count));
        this.close();
        controller.close();
      },
      cancel: () => this.close(),
    }, { highWaterMark: 0 });
  }

  get writable() {
    return new WritableStream({
      write: async (bytes) => {
        for (let at = 0; at < bytes.length;) at += await this.write(bytes.subarray(at));
      },
      close: () => this.close(),
      abort: () => this.close(),
    });
  }

  close() {
    if (this.#isClosed) return;
    this.#isClosed = true;
    fs.closeSync(this.#descriptor);
  }

  [Symbol.dispose]() {
    this.close();
  }
}

/** Opens a file. */
export async function open(path, options = {}) {
  return await Promise.resolve(openSync(path, options));
}

/** Opens a file at once. */
export function openSync(path, options = {}) {
  return new FsFile(fs.openSync(path, flagsOf(options), options.mode ?? 0o666), options.append);
}
