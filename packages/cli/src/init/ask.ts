import type { Readable, Writable } from "node:stream";
import type { CommonOptions } from "@clack/prompts";
import { MillraceError } from "@millrace/core";
import { describeCandidate, type Answers } from "./propose-project.js";

/** The streams of a terminal; left out: those of the process. */
export interface AskedOn {
  readonly input?: Readable;
  readonly output?: Writable;
}

const OTHER_FILE = "";

/** Questions on a terminal: which file, what to predict, whether to split by time. Each proposes an answer. Throws RUN_INTERRUPTED when one is cancelled. */
export async function terminalAnswers(streams: AskedOn): Promise<Answers & { file(found: readonly string[]): Promise<string> }> {
  const { select, text } = await import("@clack/prompts");
  const on = streams as CommonOptions;
  const output: Writable & { columns?: number } = streams.output ?? process.stdout;
  // A terminal without a size says 0: a question would have a letter a line.
  if (output.columns === 0) output.columns = 80;
  const answered = (answer: string | symbol): string => {
    if (typeof answer === "string") return answer;
    throw new MillraceError({ code: "RUN_INTERRUPTED", message: "`millrace init` was interrupted; nothing was written.", mend: "Run it again, or give the answers as options." });
  };
  return {
    async file(found) {
      const options = [...found.slice(0, 12).map((value) => ({ value, label: value })), { value: OTHER_FILE, label: "another file" }];
      const chosen = found.length === 0 ? OTHER_FILE : answered(await select({ ...on, message: "Which file holds the rows?", options }));
      if (chosen !== OTHER_FILE) return chosen;
      return answered(await text({ ...on, message: "Path of the file (.csv, .parquet, .json)", validate: (path) => ((path ?? "").trim() === "" ? "Write a path." : undefined) })).trim();
    },
    async target(candidates) {
      if (candidates.length < 2) return null;
      const options = candidates.slice(0, 12).map((one) => ({ value: one.name, label: describeCandidate(one), ...(one.problem.kind === "binary" ? { hint: `positive: ${one.problem.positive}` } : {}) }));
      return answered(await select({ ...on, message: "What should be predicted?", options }));
    },
    async time(columns) {
      if (columns.length === 0) return null;
      const options = [...columns.slice(0, 6).map((name) => ({ value: name, label: `by ${name}: learn from the past, judge by the newest rows` })), { value: "none", label: "not by time" }];
      return answered(await select({ ...on, message: "How should the rows be split?", options }));
    },
  };
}
