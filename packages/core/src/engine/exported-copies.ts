import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { mkdir, readFile, rename, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ArtifactStore } from "../contracts/artifact-store.js";
import type { Digest } from "../contracts/digest.js";
import type { ModelVersion } from "../contracts/model.js";
import { asDigest } from "../fold/digest.js";
import { readBytes } from "../record/artifact-bytes.js";
import { scratchName } from "../record/scratch.js";
import { versionFolder } from "./version-folder.js";

/** A file that lies beside a version for a person to find; the artifact that it copies stays the truth. */
interface Copy {
  readonly name: string;
  readonly path: string;
  readonly digest: Digest;
}

/** What was last known of each copy: bytes of this digest had this stamp. */
type Remembered = Readonly<Record<string, { readonly digest: Digest; readonly stamp: string }>>;

export interface CopyState {
  readonly path: string;
  /** Null: not there. */
  readonly stamp: string | null;
  readonly isWhole: boolean;
  /** Whether its bytes were read to know. */
  readonly isHashed: boolean;
}

type Version = Pick<ModelVersion, "model" | "version" | "card" | "certificate" | "onnx">;

function copiesOf(folder: string, { card, certificate, onnx }: Version): readonly Copy[] {
  const digests: Readonly<Record<string, Digest>> = { "card.md": card, "certificate.json": certificate, "model.onnx": onnx };
  return Object.entries(digests).map(([name, digest]) => ({ name, path: join(folder, name), digest }));
}

/** How each copy of a version is. One that has the stamp it was last found whole with is not read, unless `isDeep`. */
export async function copyStates(home: string, version: Version, isDeep: boolean): Promise<readonly CopyState[]> {
  const folder = versionFolder(home, version.model, version.version);
  const remembered = await recallCopies(folder);
  return Promise.all(copiesOf(folder, version).map((copy) => stateOf(copy, remembered, isDeep)));
}

/** Lays down each copy that is not there or not the bytes of its artifact, by a rename; reads none that nothing wrote to since it was found whole. */
export async function layCopies(home: string, artifacts: ArtifactStore, version: Version): Promise<void> {
  const folder = versionFolder(home, version.model, version.version);
  const before = await recallCopies(folder);
  const now: Record<string, { readonly digest: Digest; readonly stamp: string }> = {};
  for (const copy of copiesOf(folder, version)) {
    const { isWhole, stamp } = await stateOf(copy, before, false);
    now[copy.name] = { digest: copy.digest, stamp: isWhole ? stamp! : await lay(home, copy.path, await readBytes(artifacts, copy.digest)) };
  }
  const [was, is] = [before, now].map((each) => JSON.stringify(each));
  if (was !== is) await lay(home, join(folder, STAMPS), Buffer.from(is!));
}

const STAMPS = ".stamps.json";

/** The stamp is taken before bytes are hashed, so that a file that is written to meanwhile has another one. */
async function stateOf({ name, path, digest }: Copy, remembered: Remembered, isDeep: boolean): Promise<CopyState> {
  const stamp = await stampOf(path);
  if (stamp === null) return { path, stamp, isWhole: false, isHashed: false };
  const known = remembered[name];
  if (!isDeep && known?.digest === digest && known.stamp === stamp) return { path, stamp, isWhole: true, isHashed: false };
  return { path, stamp, isWhole: (await digestOfFile(path)) === digest, isHashed: true };
}

async function stampOf(path: string): Promise<string | null> {
  const found = await stat(path, { bigint: true }).catch(() => null);
  return found === null ? null : `${found.size}-${found.mtimeNs}`;
}

async function digestOfFile(path: string): Promise<Digest> {
  const hash = createHash("sha256");
  for await (const chunk of createReadStream(path, { highWaterMark: 1 << 20 })) hash.update(chunk as Uint8Array);
  return asDigest(hash.digest("hex"));
}

/** Where the stamps are not there, or are no JSON any more, nothing is known and all is hashed. */
async function recallCopies(folder: string): Promise<Remembered> {
  try {
    const found: unknown = JSON.parse(await readFile(join(folder, STAMPS), "utf8"));
    return typeof found === "object" && found !== null ? (found as Remembered) : {};
  } catch {
    return {};
  }
}

/** Puts a file in its place whole. Returns its stamp. */
async function lay(home: string, path: string, bytes: Uint8Array): Promise<string> {
  // A name of this process: two runs that end together lay down the same files.
  const written = join(home, "tmp", scratchName("copy"));
  await mkdir(join(home, "tmp"), { recursive: true });
  await mkdir(join(path, ".."), { recursive: true });
  await writeFile(written, bytes);
  const stamp = (await stampOf(written))!;
  await rename(written, path);
  return stamp;
}
