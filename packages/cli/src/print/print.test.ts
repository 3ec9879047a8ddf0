import type { PlannedTask, TaskOutcome } from "@millrace/core";
import { MillraceError } from "@millrace/core";
import { afterEach, describe, expect, it, vi } from "vitest";
import { counted } from "./counted.js";
import { errorJson, errorText } from "./error.js";
import { jsonLine } from "./json.js";
import { metricsText, type Judged } from "./metrics.js";
import { count, metric, seconds } from "./number.js";
import { liveProgress, outcomeLine, plainProgress } from "./progress.js";
import { printableOutput } from "./style.js";
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

describe("what a value of the data says to a terminal", () => {
  const evil = 'a\u001B[2J\u001B]0;title\u0007\u009B1m\u202Eb\r\u007F';
  const seen = "a\\u001b[2J\\u001b]0;title\\u0007\\u009b1m\\u202eb\\u000d\\u007f";

  it("is shown, not done: in an error, its mend and its stack", () => {
    const text = errorText(new MillraceError({ code: "X_Y", message: `Found "${evil}".\nAnd more.`, mend: `Mend ${evil}.` }), true);
    expect(text).toContain(`error X_Y: Found "${seen}".\nAnd more.\nmend: Mend ${seen}.\n`);
    expect(text.replaceAll("\n", "")).not.toMatch(/\p{Cc}/u);
  });

  it("is shown in any other output, in which colours and the redrawing of progress stay", () => {
    expect(printableOutput(`\u001B[32m✓\u001B[39m ${evil}\u001B[3A\u001B[0J\r\u001B[K\tend\n`)).toBe(`\u001B[32m✓\u001B[39m ${seen}\u001B[3A\u001B[0J\r\u001B[K\tend\n`);
  });
});

describe("numbers", () => {
  it.each([[0.0412, "41 ms"], [0.3, "0.30 s"], [9.999, "10.0 s"], [59.94, "59.9 s"], [123.4, "2 min 03 s"]])("%s seconds are %s", (value, text) => expect(seconds(value)).toBe(text));
  it("are grouped, and metrics keep what tells something", () => expect([count(3_000_000), metric(0.66612), metric(0.0000123), metric(0)]).toEqual(["3,000,000", "0.6661", "0.0000123", "0.0000"]));
  it("agree with what they count", () => expect([counted(0, "run"), counted(1, "run"), counted(2, "run"), counted(1, "alias", "aliases"), counted(2, "alias", "aliases")]).toEqual(["0 runs", "1 run", "2 runs", "1 alias", "2 aliases"]));
  it("in JSON may be greater than a double holds", () => expect(jsonLine({ n: 2n ** 60n })).toBe('{"n":"1152921504606846976"}\n'));
});

describe("metrics", () => {
  const result = (value: number | null, standardError: number | null, plot: { readonly kind: string } | null = null) => ({ value, standardError, plot });
  const judged: Judged = {
    metrics: [{ name: "log-loss", direction: "minimize" }, { name: "accuracy", direction: "maximize" }, { name: "confusion", direction: "maximize" }],
    parts: {
      train: { rows: 3_000, metrics: { "log-loss": result(0.4, 0.001), accuracy: result(0.75, null), confusion: result(0.75, null, { kind: "confusion-matrix" }) } },
      test: { rows: 1_000, metrics: { "log-loss": { ...result(0.5, 0.01), degreesOfFreedom: 4 }, accuracy: result(0.7, 0), confusion: result(0.7, null, { kind: "confusion-matrix" }) } },
    },
    baselines: { "baseline-prior": { test: { rows: 1_000, metrics: { "log-loss": result(0.69, 0.01), accuracy: result(null, null) } } } },
  };

  it("stand by part beside baselines, in the order of the config, with intervals and not standard errors", () => {
    expect(metricsText(judged, 0.95)).toBe(
      [
        "metric, ± 95 %            train             test  baseline-prior, test",
        "rows                      3,000            1,000                 1,000",
        "log-loss        0.4000 ± 0.0020  0.5000 ± 0.0278       0.6900 ± 0.0196",
        "accuracy                 0.7500       0.7000 ± 0             undefined",
        "",
      ].join("\n"),
    );
    expect(metricsText(judged, 0.9)).toMatch(/^metric, ± 90 % [^]*0\.4000 ± 0\.0016/);
  });

  it("are cut after the first ones, with the command that shows the others", () => {
    expect(metricsText(judged, 0.95, { most: 1, others: "millrace models show m@1" })).toMatch(/log-loss .*\nand 1 more: millrace models show m@1\n$/);
  });

  it("have a matrix's value where it is no other's", () => {
    const { confusion } = judged.parts.test!.metrics;
    expect(metricsText({ metrics: [{ name: "confusion", direction: "maximize" }], parts: { test: { rows: 5, metrics: { confusion: confusion! } } }, baselines: {} }, 0.95)).toContain("\nconfusion       0.7000\n");
  });
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
