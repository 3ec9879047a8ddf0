import assert from "node:assert/strict";
import type { Field, Frame } from "../../contracts/frame.js";
import type { Partition, ReadRequest, Source } from "../../contracts/source.js";
import { MillraceError } from "../../errors/millrace-error.js";
import { isDigest } from "../../fold/digest.js";
import { concat, select } from "../../frame/take.js";
import { canonicalProblem } from "../canonical-problem.js";
import { frameDifference } from "../frame-difference.js";
import type { Law } from "../law.js";
import { within } from "../patience.js";

export interface SourceCase {
  /** The same source at each call: at least one row, at least one column. */
  create(): Promise<Source> | Source;
  /** The parameters that its query reads. Default: none. */
  readonly reads?: readonly ("asOf" | "keys")[];
  /** How long a read may take to heed its signal. Default 10,000. */
  readonly patienceMs?: number;
}

interface Bench {
  readonly source: Source;
  readonly subject: SourceCase;
  readonly patienceMs: number;
  /** All rows of a partition. */
  rows(source: Source, partition: Partition, columns?: readonly string[] | null): Promise<Frame | null>;
  request(partition: Partition, columns?: readonly string[] | null): ReadRequest;
}

/** A time for queries that want one. */
const AS_OF = new Date("2024-01-01T00:00:00.000Z");
const calm = (): AbortSignal => new AbortController().signal;

/** All that a source promises, a sentence each. */
export const sourceLaws: readonly Law<SourceCase>[] = [
  law("each field has a name of its own and a shape, and no categories", async ({ source }) => {
    const fields = await source.fields();
    assert.equal(new Set(fields.map(({ name }) => name)).size, fields.length);
    for (const field of fields) assert.ok(field.name !== "" && field.shape !== null && field.categories === null, JSON.stringify(field));
  }),
  law("batches have the fields that were promised", async ({ source, request }) => {
    const promised = (await source.fields()).map(describe);
    for (const partition of await source.partitions()) for await (const batch of source.read(request(partition), calm())) assert.deepEqual(batch.fields.map(describe), promised);
  }),
  law("batches are canonical: one form for each value and for missing", async ({ source, request }) => {
    for (const partition of await source.partitions()) for await (const batch of source.read(request(partition), calm())) assert.equal(canonicalProblem(batch), null);
  }),
  law("a batch keeps its values while the next ones are read", async ({ source, request }) => {
    for (const partition of await source.partitions()) {
      const kept: { batch: Frame; copy: Frame }[] = [];
      for await (const batch of source.read(request(partition), calm())) kept.push({ batch, copy: copyOf(batch) });
      for (const { batch, copy } of kept) assert.equal(frameDifference(batch, copy), null);
    }
  }),
  law("reading again gives the same rows in the same order", async ({ source, rows }) => {
    for (const partition of await source.partitions()) assertSame(await rows(source, partition), await rows(source, partition));
  }),
  law("partitions have names of their own and digests, and stay the same", async ({ source }) => {
    const partitions = await source.partitions();
    assert.ok(partitions.length > 0);
    assert.equal(new Set(partitions.map(({ id }) => id)).size, partitions.length);
    for (const { id, digest } of partitions) assert.ok(id !== "" && isDigest(digest), `${id} ${digest}`);
    assert.deepEqual(await source.partitions(), partitions);
  }),
  law("another source with the same options has the same partitions and rows", async ({ source, subject, rows }) => {
    const other = await subject.create();
    const partitions = await source.partitions();
    assert.deepEqual(await other.partitions(), partitions);
    for (const partition of partitions) assertSame(await rows(other, partition), await rows(source, partition));
  }),
  law("columns come as asked for, in the order asked for", async ({ source, rows }) => {
    const names = (await source.fields()).map(({ name }) => name);
    const wanted = names.slice(names.length >> 1).reverse();
    for (const partition of await source.partitions()) {
      const whole = await rows(source, partition);
      assertSame(await rows(source, partition, wanted), whole === null ? null : select(whole, wanted));
    }
  }),
  law("a column that is not there is refused", async ({ source, rows }) => {
    const [partition] = await source.partitions();
    await assert.rejects(rows(source, partition!, ["no such column"]), (error) => MillraceError.is(error, "SOURCE_NO_COLUMN"));
  }),
  law("a partition that is not there is refused", async ({ source, rows }) => {
    const [partition] = await source.partitions();
    await assert.rejects(rows(source, { ...partition!, id: "no such partition" }), (error) => MillraceError.is(error));
  }),
  law("a signal that has fired reads nothing", async ({ source, request, patienceMs }) => {
    const [partition] = await source.partitions();
    await within(patienceMs, "the refusal", assert.rejects(async () => void (await source.read(request(partition!), AbortSignal.abort())[Symbol.asyncIterator]().next())));
  }),
  law("a signal that fires behind a batch ends the read with an error", async ({ source, request, patienceMs }) => {
    let hasBatch = false;
    for (const partition of await source.partitions()) {
      const stop = new AbortController();
      const batches = source.read(request(partition), stop.signal)[Symbol.asyncIterator]();
      if ((await batches.next()).done === true) continue;
      hasBatch = true;
      stop.abort();
      await within(patienceMs, "the end", assert.rejects(async () => void (await batches.next())));
    }
    assert.ok(hasBatch, "no partition has a row");
  }),
  law("a read given up early leaves the next one whole", async ({ source, request, rows }) => {
    for (const partition of await source.partitions()) {
      const before = await rows(source, partition);
      for await (const batch of source.read(request(partition), calm())) {
        assert.ok(batch.length > 0, "a batch without a row");
        break;
      }
      assertSame(await rows(source, partition), before);
    }
  }),
  law("reads at once do not disturb each other", async ({ source, request, rows }) => {
    const [partition] = await source.partitions();
    const whole = await rows(source, partition!);
    const reads = [source.read(request(partition!), calm()), source.read(request(partition!), calm())];
    for (const found of await alternate(reads)) assertSame(found, whole);
  }),
  law("lines of rows never go back, where rows have lines, and there is none behind the last row", async ({ source, rows }) => {
    if (source.lines === undefined) return;
    for (const partition of await source.partitions()) {
      const length = (await rows(source, partition))?.length ?? 0;
      const asked = [...new Set([0, 1, length >> 1, length - 1])].filter((row) => row >= 0 && row < length).sort((left, right) => left - right);
      const lines = await source.lines(partition, [...asked, length]);
      assert.deepEqual(lines.slice(0, -1).every((line, index) => line === null || (Number.isInteger(line) && line >= (lines[index - 1] ?? 1))), true, `rows ${asked.join(", ")} of ${partition.id} have lines ${lines.join(", ")}`);
      assert.equal(lines.at(-1), null);
      for (const [index, row] of asked.entries()) assert.deepEqual(await source.lines(partition, [row]), [lines[index]]);
    }
  }),
  law("times and keys that the source does not read are refused", async ({ source, subject, request }) => {
    const [partition] = await source.partitions();
    const reads = subject.reads ?? [];
    const extra = [reads.includes("asOf") ? null : { asOf: AS_OF }, reads.includes("keys") ? null : { keys: [1] }].filter((each) => each !== null);
    for (const each of extra)
      await assert.rejects(async () => void (await source.read({ ...request(partition!), ...each }, calm())[Symbol.asyncIterator]().next()), (error) => MillraceError.is(error, "SOURCE_PARAMETER"));
  }),
];

function law(name: string, check: (bench: Bench) => Promise<void>): Law<SourceCase> {
  return {
    name,
    async check(subject) {
      const request = (partition: Partition, columns: readonly string[] | null = null): ReadRequest => ({ partition, columns, asOf: subject.reads?.includes("asOf") === true ? AS_OF : null, keys: null });
      const rows = async (source: Source, partition: Partition, columns: readonly string[] | null = null): Promise<Frame | null> => {
        const frames: Frame[] = [];
        for await (const batch of source.read(request(partition, columns), calm())) frames.push(batch);
        return whole(frames);
      };
      await check({ source: await subject.create(), subject, patienceMs: subject.patienceMs ?? 10_000, rows, request });
    },
  };
}

function whole(frames: readonly Frame[]): Frame | null {
  return frames.length === 0 ? null : concat(frames as [Frame, ...Frame[]]);
}

function copyOf(frame: Frame): Frame {
  const columns = new Map(frame.fields.map(({ name }) => [name, structuredClone(frame.column(name))]));
  return { ...frame, column: (name) => columns.get(name)! };
}

function describe({ name, dtype, shape }: Field): string {
  return `${name} ${dtype}[${shape?.join() ?? "?"}]`;
}

function assertSame(left: Frame | null, right: Frame | null): void {
  if (left === null || right === null) assert.equal(left, right, "one read has no rows");
  else assert.equal(frameDifference(left, right), null);
}

/** The rows of several reads, a batch of each in turn. */
async function alternate(reads: readonly AsyncIterable<Frame>[]): Promise<readonly (Frame | null)[]> {
  const open = reads.map((read) => ({ batches: read[Symbol.asyncIterator](), frames: [] as Frame[], isDone: false }));
  while (open.some(({ isDone }) => !isDone)) {
    for (const each of open.filter(({ isDone }) => !isDone)) {
      const next = await each.batches.next();
      if (next.done === true) each.isDone = true;
      else each.frames.push(next.value);
    }
  }
  return open.map(({ frames }) => whole(frames));
}
