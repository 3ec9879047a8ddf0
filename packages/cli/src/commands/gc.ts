import { formatBytes, type Collection } from "@millrace/core/engine";
import { defineSpec } from "../command-spec.js";
import { EXIT } from "../exit-code.js";
import { jsonLine } from "../print/json.js";
import { count } from "../print/number.js";
import { table } from "../print/table.js";
import { ownsArtifacts } from "../owns-artifacts.js";
import { openProject } from "../project.js";

interface Group {
  readonly kind: string;
  readonly why: string;
  count: number;
  sizeBytes: number;
}

/** What goes for one reason, as one line. */
function groups({ removals, scratch }: Collection): readonly Group[] {
  const all = new Map<string, Group>();
  const abandoned = scratch.map(({ path, sizeBytes }) => ({ kind: "scratch", id: path, sizeBytes, why: "its process is gone" }));
  for (const { kind, why, sizeBytes } of [...removals, ...abandoned]) {
    const group = all.get(`${kind} ${why}`) ?? { kind, why, count: 0, sizeBytes: 0 };
    all.set(`${kind} ${why}`, group);
    group.count++;
    group.sizeBytes += sizeBytes;
  }
  return [...all.values()];
}

function collectionText(collection: Collection, isOwn: boolean): string {
  const { kept, runs, isDone } = collection;
  const found = groups(collection);
  const rows = found.map((group) => [group.kind, count(group.count), group.sizeBytes === 0 ? "" : formatBytes(group.sizeBytes), group.why]);
  const freed = formatBytes(found.reduce((bytes, { sizeBytes }) => bytes + sizeBytes, 0));
  const stays = isOwn ? `${count(kept.artifacts)} artifacts stay, ${formatBytes(kept.sizeBytes)}.\n` : "Artifacts stay: store and artifacts are not those of the project's own folder, and another project may name them; --artifacts removes them.\n";
  if (found.length === 0) return `Nothing can go. ${stays}`;
  const done = isDone ? `${freed} freed. ` : runs.length > 0 ? `Nothing was removed beside a run that is going on: ${runs.join(", ")}. ` : `Nothing was removed: millrace gc frees ${freed}. `;
  return `${table([{ title: "what" }, { title: "how many", align: "right" }, { title: "size", align: "right" }, { title: "why" }], rows)}\n${done}${stays}`;
}

export default defineSpec({
  summary: "Removes what the config's `retention` lets go: old runs, rows no longer used, what killed processes left behind. It never removes what an alias, a kept version or a current run needs.",
  examples: [
    ["millrace gc --dry-run", "what can go, and why"],
    ["millrace gc", "remove it"],
    ["millrace gc --dry-run --json", "each of them"],
  ],
  args: {
    "dry-run": { type: "boolean", description: "Say what can go, and remove nothing." },
    artifacts: { type: "boolean", description: "Remove artifacts though the config puts them or the store elsewhere than into the project's folder: only where no other store names artifacts of that place." },
  },
  async run(call) {
    await using engine = await openProject(call);
    const { args, terminal } = call;
    const isOwn = args.artifacts === true || ownsArtifacts(engine.config);
    const collection = await engine.collect({ isDry: args["dry-run"] === true, ownsArtifacts: isOwn });
    terminal.out(args.json ? jsonLine({ ...collection, ownsArtifacts: isOwn }) : collectionText(collection, isOwn));
    return args["dry-run"] === true || collection.isDone ? EXIT.ok : EXIT.failed;
  },
});
