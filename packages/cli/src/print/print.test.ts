import type { PlannedTask, TaskOutcome } from "@millrace/core";
import { MillraceError } from "@millrace/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { errorJson, errorText } from "./error.js";
import { jsonLine } from "./json.js";
import { count, metric, seconds } from "./number.js";
import { liveProgress, outcomeLine, plainProgress } from "./progress.js";
import { table } from "./table.js";

const outcome: TaskOutcome = {
  task: "m/split", step: "split", key: null, status: "succeeded", why: "has not run before", seconds: 1.234, peakBytes: 3 * 2 ** 20, attempts: 1,
  ledger: { rowsIn: 3_000, rowsOut: 2_990, dropped: [{ reason: "gap", rows: 10 }] }, summary: null, error: null,
};
const task = { id: "m/split", step: "split", why: "has not run before" } as PlannedTask;

function terminal(columns = 100) {
  const written: string[] = [];
  return { written, out: (text: string) => void written.push(text), err() {}, isInteractive: true, columns: () => columns };
}

describe("tables", () => {
  it("align columns by what is seen, not by escapes", () => {
    expect(table([{ title: "name" }, { title: "n", align: "right" }], [["\u001B[32mα\u001B[39m", "10"], ["long name", "7"]])).toBe("name        n\n\u001B[32mα\u001B[39m          10\nlong name   7\n");
  });
  it("of no rows are nothing", () => expect(table([{ title: "x" }], [])).toBe(""));
});

describe("numbers", () => {
  it.each([[0.0412, "41 ms"], [0.3, "0.30 s"], [9.999, "10.0 s"], [59.94, "59.9 s"], [123.4, "2 min 03 s"]])("%s seconds are %s", (value, text) => expect(seconds(value)).toBe(text));
  it("are grouped, and metrics keep what tells something", () => expect([count(3_000_000), metric(0.66612), metric(0.0000123), metric(0)]).toEqual(["3,000,000", "0.6661", "0.0000123", "0.0000"]));
  it("in JSON may be greater than a double holds", () => expect(jsonLine({ n: 2n ** 60n })).toBe('{"n":"1152921504606846976"}\n'));
});

describe("errors", () => {
  const error = new MillraceError({ code: "DATA_EMPTY", message: "No rows.", mend: "Mend the query.", cause: new TypeError("deep"), facts: { rows: 0 } });
  it("say what happened and what to do", () => expect(errorText(error, false)).toBe("error DATA_EMPTY: No rows.\nmend: Mend the query.\n"));
  it("show stacks and causes on request", () => expect(errorText(error, true)).toMatch(/caused by: TypeError: deep/));
  it("that nobody foresaw ask for a report", () => expect(errorText(new Error("boom"), false)).toBe("error: boom\nmend: Run again with --debug, and report the stack trace.\n"));
  it("are JSON for scripts", () => expect(JSON.parse(errorJson(error))).toEqual({ error: { code: "DATA_EMPTY", message: "No rows.", mend: "Mend the query.", facts: { rows: 0 } } }));
});

describe("progress", () => {
  afterEach(() => void vi.useRealTimers());

  it("tells cost and ledger of a task", () => expect(outcomeLine(outcome, 8)).toBe("✓ m/split      1.23 s     3.0 MiB  2,990 of 3,000 rows, 10 gap"));

  it("is plain lines where lines cannot be redrawn", () => {
    const screen = terminal();
    const view = plainProgress(screen);
    view.event({ kind: "started", run: "r", plan: { tasks: [task] } });
    view.event({ kind: "task-started", task });
    view.event({ kind: "task-event", task, event: { kind: "progress", share: 0.5, message: "half" } });
    view.event({ kind: "task-event", task, event: { kind: "log", level: "warn", message: "odd rows", facts: {} } });
    view.event({ kind: "task-ended", task, outcome: { ...outcome, summary: { remarks: ["Nothing was learnt."] } } });
    view.end();
    expect(screen.written.join("")).toBe("run r: 1 tasks\n> m/split  has not run before\n  warn: odd rows\n✓ m/split     1.23 s     3.0 MiB  2,990 of 3,000 rows, 10 gap\n  note: Nothing was learnt.\n");
  });

  it("is a bar for each running task, taken away when it ends", () => {
    vi.useFakeTimers();
    const screen = terminal(72);
    const view = liveProgress(screen);
    view.event({ kind: "started", run: "r", plan: { tasks: [task] } });
    view.event({ kind: "task-started", task });
    vi.advanceTimersByTime(200);
    view.event({ kind: "task-event", task, event: { kind: "progress", share: 0.5, message: "a very long message that does not fit on the screen" } });
    const bar = screen.written.at(-1)!.split("\n")[0]!.replace("\u001B[1A\u001B[0J", "");
    expect(bar).toContain("████████████░░░░░░░░░░░░  50%");
    expect([...bar].length).toBeLessThanOrEqual(71);
    view.event({ kind: "task-ended", task, outcome });
    expect(screen.written.at(-1)).toBe(`\u001B[1A\u001B[0J${outcomeLine(outcome, 7)}\n`);
    view.end();
    const drawn = screen.written.length;
    vi.advanceTimersByTime(5_000);
    expect(screen.written).toHaveLength(drawn);
  });
});
