import fs from "node:fs";
import { resolve, sep } from "node:path";
import { fileURLToPath } from "node:url";
import { currentReading, note } from "./reads.js";

type Member = (...given: readonly unknown[]) => unknown;
type Members = Record<string, Member>;

/** What reads a file, lists a folder or asks what is there, where its first argument says. */
const READING = [
  "readFile", "readFileSync", "createReadStream", "readdir", "readdirSync", "opendir", "opendirSync", "copyFile", "copyFileSync", "cp", "cpSync", "openAsBlob", "glob", "globSync",
  "exists", "existsSync", "access", "accessSync", "stat", "statSync", "lstat", "lstatSync", "readlink", "readlinkSync", "realpath", "realpathSync", "watch", "watchFile",
] as const;
/** What reads or writes, as its second argument says. */
const OPENING = ["open", "openSync"] as const;
/** What writes a file or makes a folder that its first argument names. */
const WRITING = ["mkdir", "mkdirSync", "writeFile", "writeFileSync", "appendFile", "appendFileSync", "createWriteStream"] as const;

function pathOf(given: unknown): string | null {
  if (typeof given === "string") return resolve(given);
  if (given instanceof URL) return fileURLToPath(given);
  return Buffer.isBuffer(given) ? resolve(given.toString()) : null;
}

function noteFile(given: unknown): void {
  const reading = currentReading();
  if (reading === undefined || reading.isData) return;
  const path = pathOf(given);
  // What is installed is pinned by the lock file, and what the task wrote came from its inputs.
  if (path === null || path.split(sep).includes("node_modules") || reading.written.has(path)) return;
  note("file", path);
}

function noteWritten(given: unknown): void {
  const path = pathOf(given);
  if (path !== null) currentReading()?.written.add(path);
}

function isWriting(flags: unknown): boolean {
  if (typeof flags === "string") return flags.startsWith("w") || flags.startsWith("a");
  return typeof flags === "number" && (flags & (fs.constants.O_TRUNC | fs.constants.O_CREAT)) !== 0;
}

/** The function, which looks at what it is given first. An object, so that what hangs on it (readFile's promisified form) stays; realpath.native looks too. */
function watchMember(member: Member, look: Member): Member {
  return new Proxy(member, {
    apply(target, self, given: readonly unknown[]) {
      look(...given);
      return Reflect.apply(target, self, given);
    },
    get(target, key) {
      const value: unknown = Reflect.get(target, key);
      return key === "native" && typeof value === "function" ? watchMember(value as Member, look) : value;
    },
  });
}

/** Puts functions that note in the place of those of an object; the function returned puts them back. */
function watchMembers(members: Members): () => void {
  const before = new Map<string, Member>();
  const watch = (names: readonly string[], look: Member): void => {
    for (const name of names) {
      const member = members[name];
      if (member === undefined) continue;
      before.set(name, member);
      members[name] = watchMember(member, look);
    }
  };
  watch(READING, noteFile);
  watch(OPENING, (path, flags) => (isWriting(flags) ? noteWritten(path) : noteFile(path)));
  watch(WRITING, noteWritten);
  return () => {
    for (const [name, member] of before) members[name] = member;
  };
}

/** Lets node:fs and node:fs/promises note who reads which file; the function returned makes them what they were. */
export function watchFiles(): () => void {
  const restore = [watchMembers(fs as unknown as Members), watchMembers(fs.promises as unknown as Members)];
  return () => restore.forEach((each) => each());
}
