import { EventEmitter, once } from "node:events";
import { expect, it } from "vitest";
import { inUse } from "./in-use.js";

it("is over when the last request has its answer, whatever that is", async () => {
  const uses = inUse();
  await uses.ended();
  const answers = new EventEmitter();
  const good = uses.during(() => once(answers, "good"));
  const bad = uses.during(() => once(answers, "bad"));
  let isOver = false;
  const over = uses.ended().then(() => (isOver = true));
  answers.emit("good", 1);
  expect(await good).toEqual([1]);
  expect(isOver).toBe(false);
  answers.emit("error", new Error("refused"));
  await expect(bad).rejects.toThrow("refused");
  await over;
});
