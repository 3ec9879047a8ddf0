import { readFile } from "node:fs/promises";
import { dirname, isAbsolute, join, resolve } from "node:path";

/**
 * The commit that a folder's work tree stands at; null outside of git, and before a first commit. Reads git's files (gitrepository-layout(5)),
 * work trees and packed refs among them: starting git costs more than a whole run that reuses everything.
 */
export async function gitCommit(folder: string): Promise<string | null> {
  const git = await gitFolder(folder);
  if (git === null) return null;
  const head = await text(join(git, "HEAD"));
  if (head === null || !head.startsWith("ref: ")) return commitOf(head);
  const ref = head.slice("ref: ".length);
  const common = resolve(git, (await text(join(git, "commondir"))) ?? ".");
  for (const place of [git, common]) {
    const loose = commitOf(await text(join(place, ref)));
    if (loose !== null) return loose;
  }
  const packed = (await text(join(common, "packed-refs")))?.split("\n").find((line) => line.endsWith(` ${ref}`));
  return commitOf(packed?.split(" ")[0] ?? null);
}

/** `.git` of the folder or of one above it; in a work tree it is a file that names the place. */
async function gitFolder(folder: string): Promise<string | null> {
  for (let here = resolve(folder); ; here = dirname(here)) {
    const place = join(here, ".git");
    if ((await text(join(place, "HEAD"))) !== null) return place;
    const pointer = await text(place);
    if (pointer?.startsWith("gitdir: ") === true) {
      const named = pointer.slice("gitdir: ".length);
      return isAbsolute(named) ? named : resolve(here, named);
    }
    if (dirname(here) === here) return null;
  }
}

/** Null where there is no such file. */
function text(path: string): Promise<string | null> {
  return readFile(path, "utf8").then(
    (content) => content.trim(),
    () => null,
  );
}

function commitOf(found: string | null): string | null {
  return found !== null && /^([0-9a-f]{40}|[0-9a-f]{64})$/.test(found) ? found : null;
}
