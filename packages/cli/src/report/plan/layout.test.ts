import type { TaskOutcome } from "@millrace/core";
import { expect, it } from "vitest";
import { layoutOf, NODE, withoutImplied } from "./layout.js";

const task = (name: string, ...needs: readonly string[]): TaskOutcome => ({ task: name, step: name, needs, key: null, status: "succeeded", why: "", seconds: 1, peakBytes: null, attempts: 1, ledger: null, summary: null, error: null });
const TASKS = [task("read"), task("split", "read"), task("check", "read", "split"), task("fit", "read", "split", "check"), task("train", "read", "split", "fit"), task("profile", "read"), task("late", "train", "profile", "elsewhere")];

it("leaves out arrows that a longer way implies, and those from tasks that are not there", () => {
  expect(withoutImplied(TASKS)).toEqual([["read", "split"], ["split", "check"], ["check", "fit"], ["fit", "train"], ["read", "profile"], ["train", "late"], ["profile", "late"]]);
});

it("draws nothing between tasks of a record that does not say what they waited for", () => {
  expect(withoutImplied(TASKS.map(({ task: name }) => ({ task: name })))).toEqual([]);
});

it("puts each task to the right of those that it waits for, and no box on another", async () => {
  const { nodes, width, height } = await layoutOf(TASKS);
  const at = new Map(nodes.map((node) => [node.task.task, node]));
  for (const [from, to] of withoutImplied(TASKS)) expect(at.get(to)!.x - at.get(from)!.x).toBeGreaterThan(NODE.width);
  for (const [index, one] of nodes.entries()) {
    for (const other of nodes.slice(index + 1)) expect(Math.abs(one.x - other.x) >= NODE.width || Math.abs(one.y - other.y) >= NODE.height).toBe(true);
    expect(one.x + NODE.width / 2).toBeLessThanOrEqual(width);
    expect(one.y + NODE.height / 2).toBeLessThanOrEqual(height);
  }
});
