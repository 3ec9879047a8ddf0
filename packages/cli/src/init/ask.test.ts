import { PassThrough } from "node:stream";
import { expect, it } from "vitest";
import { terminalAnswers } from "./ask.js";
import type { TargetCandidate } from "./target-candidates.js";

/** What a person types, and a screen that nobody sees. */
function person(): { readonly input: PassThrough; readonly output: PassThrough; type(keys: string): void; readonly seen: () => string } {
  const input = new PassThrough();
  const output = new PassThrough();
  let seen = "";
  output.on("data", (chunk: Buffer) => (seen += chunk.toString()));
  return { input, output, type: (keys) => void input.write(keys), seen: () => seen };
}

const ENTER = "\r";
const DOWN = "\u001B[B";
const CANCEL = "\u0003";

const candidate = (name: string): TargetCandidate => ({ name, score: 1, toldBy: [], problem: { kind: "regression", needsTask: false, why: "numbers" } });

it("takes the answer that is proposed, and another where the person moves", async () => {
  const { type, seen, ...streams } = person();
  const asked = await terminalAnswers(streams);
  const first = asked.target([candidate("price"), candidate("size")]);
  type(ENTER);
  expect(await first).toBe("price");
  const second = asked.target([candidate("price"), candidate("size")]);
  type(DOWN);
  type(ENTER);
  expect(await second).toBe("size");
  expect(seen()).toContain("What should be predicted?");
});

it("writes lines of a usual length where a terminal has no size", async () => {
  const { type, seen, ...streams } = person();
  const asked = await terminalAnswers({ ...streams, output: Object.assign(streams.output, { columns: 0 }) });
  const target = asked.target([candidate("price"), candidate("size")]);
  type(ENTER);
  expect(await target).toBe("price");
  expect(seen()).toContain("What should be predicted?");
});

it("asks for a path where the folder has no file of rows, or another is wanted", async () => {
  const { type, seen: _, ...streams } = person();
  const asked = await terminalAnswers(streams);
  const none = asked.file([]);
  type("data/a.csv");
  type(ENTER);
  expect(await none).toBe("data/a.csv");
  const chosen = asked.file(["b.csv", "c.csv"]);
  type(DOWN);
  type(ENTER);
  expect(await chosen).toBe("c.csv");
});

it("does not ask where there is nothing to choose", async () => {
  const { type: _type, seen, ...streams } = person();
  const asked = await terminalAnswers(streams);
  expect(await asked.target([candidate("price")])).toBeNull();
  expect(await asked.time([])).toBeNull();
  expect(seen()).toBe("");
});

it("has three questions", async () => {
  expect(Object.keys(await terminalAnswers({}))).toEqual(["file", "target", "time"]);
});

it("ends as an interruption when a question is cancelled", async () => {
  const { type, seen: _, ...streams } = person();
  const asked = await terminalAnswers(streams);
  const time = asked.time(["day"]);
  type(CANCEL);
  await expect(time).rejects.toMatchObject({ code: "RUN_INTERRUPTED" });
});
