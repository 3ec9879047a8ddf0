import { MillraceError, suggest, type Json, type RunRecord, type Store, type Stored, type TaskOutcome } from "@millrace/core";
import { formatBytes, keyDifferences, type KeyDifference } from "@millrace/core/engine";
import { defineSpec, type Call } from "../command-spec.js";
import { EXIT } from "../exit-code.js";
import { jsonLine } from "../print/json.js";
import { count, metric, moment, seconds } from "../print/number.js";
import { styled } from "../print/style.js";
import { table } from "../print/table.js";
import { openProject } from "../project.js";
import { unknownAction } from "../unknown-action.js";

const ACTIONS = ["list", "show", "compare"] as const;

type Listed = Stored<RunRecord>;

async function newest(store: Store, limit: number): Promise<readonly Listed[]> {
  return store.find("run", { order: { member: "startedAt", direction: "descending" }, limit });
}

/** A run by its id, the end of its id, or `last`. Throws RUN_NOT_FOUND. */
async function findRun(store: Store, id: string | undefined): Promise<Listed> {
  const exact = id === undefined || id === "last" ? null : await store.get("run", id);
  if (exact !== null) return exact;
  const runs = await newest(store, 1_000);
  const found = id === undefined || id === "last" ? runs.slice(0, 1) : runs.filter((run) => run.id.endsWith(id));
  if (found.length === 1) return found[0]!;
  throw new MillraceError({
    code: "USAGE_RUN",
    message: runs.length === 0 ? "There is no run yet." : found.length > 1 ? `${found.length} runs end in "${id}".` : `There is no run "${id}".`,
    mend: runs.length === 0 ? "Make one: millrace run" : suggest(id ?? "", runs.slice(0, 10).map((run) => run.id)),
  });
}

function lengthOf({ startedAt, endedAt }: RunRecord): string {
  return endedAt === null ? "" : seconds((Date.parse(endedAt) - Date.parse(startedAt)) / 1_000);
}

function listText(runs: readonly Listed[]): string {
  if (runs.length === 0) return "There is no run yet. Make one: millrace run\n";
  const of = (tasks: readonly TaskOutcome[], status: string) => String(tasks.filter((task) => task.status === status).length);
  return table(
    [{ title: "run" }, { title: "status" }, { title: "started (UTC)" }, { title: "took", align: "right" }, { title: "ran", align: "right" }, { title: "reused", align: "right" }, { title: "models" }],
    runs.map(({ id, value }) => [id, value.status, moment(value.startedAt), lengthOf(value), of(value.tasks, "succeeded"), of(value.tasks, "reused"), `${value.models.join(", ")}${value.sample === null ? "" : ` (sample of ${count(value.sample)})`}`]),
  );
}

function showText({ id, value }: Listed): string {
  const rows = value.tasks.map(({ task, status, seconds: took, peakBytes, ledger, why }) => [task, status, status === "succeeded" || status === "failed" ? seconds(took) : "", status === "reused" || peakBytes === null ? "" : formatBytes(peakBytes), ledger === null ? "" : `${count(ledger.rowsOut)} of ${count(ledger.rowsIn)}`, why]);
  const failures = value.tasks.flatMap(({ task, error }) => (error === null ? [] : [`${task}: ${(error as { readonly message?: string }).message ?? ""}\n`]));
  return `${styled("bold", id)} ${value.status}, started ${moment(value.startedAt)} UTC${value.endedAt === null ? "" : `, took ${lengthOf(value)}`}\nconfig ${value.config}\n\n${table([{ title: "task" }, { title: "status" }, { title: "took", align: "right" }, { title: "memory", align: "right" }, { title: "rows", align: "right" }, { title: "why" }], rows)}${failures.length === 0 ? "" : `\n${failures.join("")}`}`;
}

interface Compared {
  readonly task: string;
  readonly left: TaskOutcome | null;
  readonly right: TaskOutcome | null;
  readonly isSame: boolean;
  readonly differences: readonly KeyDifference[];
}

async function compare(store: Store, left: RunRecord, right: RunRecord): Promise<readonly Compared[]> {
  const find = ({ tasks }: RunRecord, id: string) => tasks.find(({ task }) => task === id) ?? null;
  const parts = async (task: TaskOutcome | null): Promise<Readonly<Record<string, Json>>> => (task?.key == null ? {} : ((await store.get("task", task.key))?.value.parts ?? {}));
  const ids = [...new Set([...left.tasks, ...right.tasks].map(({ task }) => task))];
  return Promise.all(
    ids.map(async (task) => {
      const [a, b] = [find(left, task), find(right, task)];
      const isSame = a !== null && b !== null && a.key !== null && a.key === b.key;
      return { task, left: a, right: b, isSame, differences: isSame || a?.key == null || b?.key == null ? [] : keyDifferences(await parts(a), await parts(b)) };
    }),
  );
}

/** Numbers of a summary, flat. */
function numbersOf(value: Json, path = ""): readonly (readonly [string, number])[] {
  if (typeof value === "number") return [[path, value]];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, member]) => numbersOf(member as Json, path === "" ? key : `${path} ${key}`));
}

function metricsText(compared: readonly Compared[]): string {
  const rows = compared
    .filter(({ left, right }) => (left ?? right)?.step === "evaluate")
    .flatMap(({ task, left, right }) => {
      const [a, b] = [new Map(numbersOf(left?.summary ?? null)), new Map(numbersOf(right?.summary ?? null))];
      return [...new Set([...a.keys(), ...b.keys()])].map((name) => {
        const [x, y] = [a.get(name), b.get(name)];
        return [`${task.split("/")[0]} ${name}`, x === undefined ? "" : metric(x), y === undefined ? "" : metric(y), x === undefined || y === undefined ? "" : `${y >= x ? "+" : ""}${metric(y - x)}`];
      });
    });
  return table([{ title: "metric" }, { title: "left", align: "right" }, { title: "right", align: "right" }, { title: "change", align: "right" }], rows);
}

function compareText(left: Listed, right: Listed, compared: readonly Compared[]): string {
  const rows = compared.map(({ task, left, right, isSame, differences }) => [task, left?.status ?? "none", right?.status ?? "none", isSame ? styled("dim", "same key") : differences.length === 0 ? "" : differences.map(({ entry }) => entry).slice(0, 3).join(", ") + (differences.length > 3 ? `, and ${differences.length - 3} more` : "")]);
  const metrics = metricsText(compared);
  return `left  ${left.id}, right ${right.id}\n\n${table([{ title: "task" }, { title: "left" }, { title: "right" }, { title: "what differs" }], rows)}${metrics === "" ? "" : `\n${metrics}`}`;
}

export default defineSpec({
  summary: "Lists runs, shows one, or compares two.",
  examples: [
    ["millrace runs", "the newest runs"],
    ["millrace runs show last", "tasks of the newest, with seconds and memory"],
    ["millrace runs compare k3v9x2 last", "what changed between two, and the metrics side by side"],
  ],
  args: {
    action: { type: "positional", required: false, description: "list (default), show or compare.", valueHint: "action" },
    run: { type: "positional", required: false, description: "A run: its id, the end of its id, or `last`.", valueHint: "run" },
    other: { type: "positional", required: false, description: "The run to compare with. Default: last.", valueHint: "run" },
    limit: { type: "string", description: "How many to list. Default: 20.", valueHint: "n" },
  },
  async run(call) {
    await using engine = await openProject(call as unknown as Call);
    const { args, terminal } = call;
    const { store } = engine;
    const action = args.action ?? "list";
    if (action === "list") {
      const runs = await newest(store, Number(args.limit ?? 20));
      terminal.out(args.json ? runs.map(({ id, value }) => jsonLine({ run: id, ...value })).join("") : listText(runs));
    } else if (action === "show") {
      const run = await findRun(store, args.run);
      terminal.out(args.json ? jsonLine({ run: run.id, ...run.value }) : showText(run));
    } else if (action === "compare") {
      const [left, right] = [await findRun(store, args.run), await findRun(store, args.other)];
      const compared = await compare(store, left.value, right.value);
      terminal.out(args.json ? jsonLine({ left: left.id, right: right.id, tasks: compared }) : compareText(left, right, compared));
    } else throw unknownAction("runs", action, ACTIONS);
    return EXIT.ok;
  },
});
