import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { StoredArtifact } from "../contracts/artifact-store.js";
import type { Digest } from "../contracts/digest.js";
import type { RunRecord, TaskOutcome, TaskRecord } from "../contracts/entities.js";
import type { ModelVersion } from "../contracts/model.js";
import type { ResolvedRetention } from "../config/resolved-config.js";
import { digestOf } from "../fold/digest.js";
import { previousVersion } from "../record/aliases.js";
import { artifactsOfVersion, type Remembered } from "./remembered.js";
import { decideRetention, type Removal } from "./retention.js";

const DAY = 86_400_000;
const NOW = Date.parse("2026-06-01T00:00:00Z");
const RETENTION: ResolvedRetention = { runs: "180d", frames: "14d", artifacts: "1GiB", keep: ["champion", "previous"] };

const daysAgo = (days: number) => new Date(NOW - days * DAY).toISOString();
const stored = <T>(id: string, value: T) => ({ id, revision: 1, value });

/** A run of a model, so many days ago: reading and training either as an earlier run did, or anew. */
interface Told {
  readonly days: number;
  readonly data: number;
  readonly training: number;
  readonly gates: "passed" | "failed";
  /** The aliases that move to its version. */
  readonly aliases: readonly string[];
  readonly isKilled: boolean;
}

/** What a project remembers after these runs of one model, oldest first, and the artifacts that they left. */
function after(told: readonly Told[]) {
  const runs: Remembered["runs"][number][] = [];
  const tasks = new Map<string, TaskRecord>();
  const models: ModelVersion[] = [];
  const aliases = new Map<string, number>();
  const changes: Remembered["aliasChanges"][number][] = [];
  for (const [index, { days, data, training, gates, aliases: moved, isKilled }] of told.entries()) {
    const run = `run${index}`;
    const keys = [`read ${data}`, `train ${data} ${training}`, `register ${data} ${training}`];
    const outcomes = keys.map((key) => outcomeOf(key, tasks.has(digestOf(key))));
    for (const key of keys) if (!tasks.has(digestOf(key))) tasks.set(digestOf(key), recordOf(key, run, days));
    const known = models.find(({ lineage }) => lineage === digestOf(`lineage ${keys[2]}`));
    const version = known ?? versionOf(models.length + 1, keys[2]!, run, gates, days);
    if (known === undefined) models.push(version);
    for (const alias of version.gates === "passed" ? moved : []) {
      if (aliases.get(alias) === version.version) continue;
      const sequence = changes.filter(({ value }) => value.alias === alias).length + 1;
      changes.push(stored(`m@${alias}#${sequence}`, { model: "m", alias, sequence, from: aliases.get(alias) ?? null, to: version.version, reason: "", at: daysAgo(days) }));
      aliases.set(alias, version.version);
    }
    runs.push(stored(run, { ...runOf(days), status: isKilled ? "interrupted" : "succeeded", tasks: isKilled ? [] : outcomes } satisfies RunRecord));
  }
  const remembered: Remembered = {
    runs, tasks: [...tasks].map(([id, value]) => stored(id, value)), models: models.map((value) => stored(`m@${value.version}`, value)),
    checkpoints: [], aliases: [...aliases].map(([alias, version]) => stored(`m@${alias}`, { model: "m", alias, version })), aliasChanges: changes, leases: [],
  };
  const digests = new Set([...remembered.tasks.flatMap(({ value }) => Object.values(value.outputs)), ...models.flatMap(artifactsOfVersion)]);
  return { remembered, artifacts: [...digests].map((id) => artifactOf(id, 500)) };
}

function runOf(days: number): RunRecord {
  return { project: "p", status: "succeeded", config: digestOf("c"), models: ["m"], sample: null, startedAt: daysAgo(days), endedAt: daysAgo(days), tasks: [], environment: null } as unknown as RunRecord;
}

function outcomeOf(key: string, isReused: boolean): TaskOutcome {
  return { task: `m/${key.split(" ")[0]}`, key: digestOf(key), status: isReused ? "reused" : "succeeded" } as TaskOutcome;
}

function recordOf(key: string, run: string, days: number): TaskRecord {
  const [step] = key.split(" ") as [string];
  const outputs = Object.fromEntries((step === "register" ? ["lineage", "card"] : ["one", "other"]).map((name) => [name, digestOf(`${name} ${key}`)]));
  return { task: `m/${step}`, step, run, parts: {}, outputs, stamps: {}, ledger: null, summary: null, seconds: 1, peakBytes: null, finishedAt: daysAgo(days) } as unknown as TaskRecord;
}

function versionOf(version: number, key: string, run: string, gates: "passed" | "failed", days: number): ModelVersion {
  const part = (name: string) => digestOf(`${name} ${key}`);
  return { model: "m", version, onnx: part("onnx"), signature: part("signature"), metrics: part("metrics"), card: part("card"), certificate: part("certificate"), golden: part("golden"), lineage: part("lineage"), run, sample: null, gates, createdAt: daysAgo(days) };
}

function artifactOf(id: Digest, days: number, sizeBytes = 1_000): StoredArtifact {
  return { id, sizeBytes, stamp: "", putAt: NOW - days * DAY };
}

const told: fc.Arbitrary<Told> = fc.record({
  days: fc.integer({ min: 0, max: 400 }), data: fc.integer({ min: 0, max: 3 }), training: fc.integer({ min: 0, max: 3 }),
  gates: fc.constantFrom("passed" as const, "failed" as const), aliases: fc.subarray(["champion", "challenger"]), isKilled: fc.boolean(),
});
const history = fc.array(told, { maxLength: 8 }).map((runs) => [...runs].sort((a, b) => b.days - a.days));

const removed = (removals: readonly Removal[], kind: Removal["kind"]) => new Set(removals.filter((removal) => removal.kind === kind).map(({ id }) => id));

describe("what can go", () => {
  it("is never what an alias, a kept version or a young run needs", () => {
    fc.assert(
      fc.property(history, fc.constantFrom("1GiB", "5KB", "0B"), (runs, limit) => {
        const { remembered, artifacts } = after(runs);
        const { removals } = decideRetention({ ...RETENTION, artifacts: limit }, remembered, artifacts, NOW);
        const [models, files, gone, tasks] = [removed(removals, "model"), removed(removals, "artifact"), removed(removals, "run"), removed(removals, "task")];
        const histories = remembered.aliasChanges.map(({ value }) => value).filter(({ alias }) => alias === "champion");
        const pointed = [...remembered.aliases.map(({ value }) => value.version), previousVersion(histories)].filter((version) => version !== null);
        for (const version of pointed) {
          expect(models.has(`m@${version}`)).toBe(false);
          const { value } = remembered.models.find(({ value }) => value.version === version)!;
          for (const id of artifactsOfVersion(value)) expect(files.has(id)).toBe(false);
        }
        const champion = remembered.aliases.find(({ value }) => value.alias === "champion");
        if (champion !== undefined) expect(gone.has(remembered.models.find(({ value }) => value.version === champion.value.version)!.value.run)).toBe(false);
        for (const { id, value } of remembered.models) if (!models.has(id)) for (const digest of artifactsOfVersion(value)) expect(files.has(digest)).toBe(false);
        for (const { id, value } of remembered.runs) {
          if (Date.parse(value.startedAt) > NOW - 180 * DAY) expect(gone.has(id)).toBe(false);
          if (!gone.has(id)) for (const { key } of value.tasks) expect(tasks.has(key!)).toBe(false);
        }
        for (const { id, value } of remembered.tasks) {
          if (value.step !== "register" || tasks.has(id)) continue;
          expect(models.has(remembered.models.find((model) => model.value.lineage === value.outputs["lineage"])!.id)).toBe(false);
        }
        const lately = remembered.runs.filter(({ value }) => Date.parse(value.startedAt) > NOW - 14 * DAY).flatMap(({ value }) => value.tasks.map(({ key }) => key!));
        if (limit === "1GiB") for (const { id, value } of remembered.tasks) if (lately.includes(id as Digest)) for (const digest of Object.values(value.outputs)) expect(files.has(digest)).toBe(false);
        // Of what is kept by records, only rows go before the limit makes more go.
        if (limit === "1GiB") for (const { id, value } of remembered.tasks) if (!tasks.has(id) && value.step !== "read") for (const digest of Object.values(value.outputs)) expect(files.has(digest)).toBe(false);
      }),
      { numRuns: 500 },
    );
  });

  it("is nothing more once it has gone, and a version number is never given out twice", () => {
    fc.assert(
      fc.property(history, (runs) => {
        const { remembered, artifacts } = after(runs);
        const { removals, kept } = decideRetention(RETENTION, remembered, artifacts, NOW);
        const left = <T extends { readonly id: string }>(all: readonly T[], kind: Removal["kind"]) => all.filter(({ id }) => !removed(removals, kind).has(id));
        const rest: Remembered = { ...remembered, runs: left(remembered.runs, "run"), tasks: left(remembered.tasks, "task"), models: left(remembered.models, "model") };
        expect(Math.max(0, ...rest.models.map(({ value }) => value.version))).toBe(remembered.models.length);
        const files = left(artifacts, "artifact");
        expect(kept).toEqual({ artifacts: files.length, sizeBytes: files.length * 1_000 });
        expect(decideRetention(RETENTION, rest, files, NOW).removals).toEqual([]);
      }),
      { numRuns: 300 },
    );
  });

  it("is named with its reason", () => {
    const { remembered, artifacts } = after([
      { days: 300, data: 0, training: 0, gates: "passed", aliases: [], isKilled: false },
      { days: 250, data: 1, training: 0, gates: "passed", aliases: ["champion"], isKilled: false },
      { days: 20, data: 2, training: 0, gates: "passed", aliases: ["champion"], isKilled: false },
    ]);
    const orphans = [artifactOf(digestOf("partial"), 1), artifactOf(digestOf("partial of now"), 0)];
    const { removals } = decideRetention(RETENTION, remembered, [...artifacts, ...orphans], NOW);
    const why = (kind: string, id: string) => removals.find((removal) => removal.kind === kind && removal.id === id)?.why ?? null;
    expect(why("model", "m@1")).toBe("older than retention.runs (180d), and nothing that is kept needs it");
    expect(why("run", "run0")).toBe(why("model", "m@1"));
    expect([why("model", "m@2"), why("model", "m@3"), why("run", "run1")]).toEqual([null, null, null]);
    expect(why("artifact", digestOf("one read 2"))).toBe("rows that no run has used for longer than retention.frames (14d)");
    expect(why("artifact", digestOf("onnx register 0 0"))).toBe("no record names it");
    expect(why("artifact", digestOf("partial"))).toBe("no record names it");
    expect(why("artifact", digestOf("partial of now"))).toBeNull();
    expect(why("artifact", digestOf("one train 2 0"))).toBeNull();
  });

  it("is, beyond the limit, what was used least lately and no version needs", () => {
    const { remembered, artifacts } = after([0, 1, 2].map((data) => ({ days: 10 - data, data, training: 0, gates: "passed", aliases: [], isKilled: false })));
    // Three versions of 7 artifacts, 4 more of each run: 33,000 bytes.
    expect(artifacts).toHaveLength(33);
    const { removals, kept } = decideRetention({ ...RETENTION, artifacts: "29.5KB" }, remembered, artifacts, NOW);
    expect(new Set(removals.map(({ id }) => id))).toEqual(new Set(["one read 0", "other read 0", "one train 0 0", "other train 0 0"].map(digestOf)));
    expect(removals[0]!.why).toContain("retention.artifacts (29.5KB)");
    expect(kept.sizeBytes).toBe(29_000);
  });

  it("are checkpoints of trainings that ended, or that nothing goes on with; others keep their bytes", () => {
    const { remembered, artifacts } = after([{ days: 20, data: 0, training: 0, gates: "passed", aliases: [], isKilled: false }]);
    const checkpoint = (id: string, days: number) => stored(digestOf(id) as string, { task: "m/train", artifact: digestOf(`checkpoint ${id}`), savedAt: daysAgo(days) });
    const checkpoints = [checkpoint("train 0 0", 3), checkpoint("stopped", 3), checkpoint("given up", 15)];
    const all = [...artifacts, ...checkpoints.map(({ value }) => artifactOf(value.artifact, 15))];
    const { removals } = decideRetention(RETENTION, { ...remembered, checkpoints }, all, NOW);
    expect([...removed(removals, "checkpoint")]).toEqual([digestOf("train 0 0"), digestOf("given up")]);
    expect([...removed(removals, "artifact")].filter((id) => all.slice(artifacts.length).some((one) => one.id === id))).toEqual([digestOf("checkpoint train 0 0"), digestOf("checkpoint given up")]);
  });

  it("are leases of runs that have ended, and no other", () => {
    const lease = (id: string, minutes: number) => stored(id, { holder: "elsewhere/1", expiresAt: NOW + minutes * 60_000 });
    const runs = [stored("dead", { ...runOf(1), status: "running" } as RunRecord)];
    const leases = [lease("run/gone", -5), lease("run/dead", -5), lease("run/alive", 5), lease("watch", -5)];
    const { removals } = decideRetention(RETENTION, { runs, tasks: [], checkpoints: [], models: [], aliases: [], aliasChanges: [], leases }, [], NOW);
    expect(removals.map(({ kind, id }) => [kind, id])).toEqual([["lease", "run/gone"]]);
  });
});
