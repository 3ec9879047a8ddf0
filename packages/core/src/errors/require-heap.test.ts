import { expect, it } from "vitest";
import { requireHeap, type Heap } from "./require-heap.js";

const MIB = 2 ** 20;

/** A heap of 800 MiB with so much in use, some of it dead. */
function heapOf(used: number, dead: number): Heap & { collections(): number } {
  let collections = 0;
  return { look: () => ({ used: (collections === 0 ? used : used - dead) * MIB, limit: 800 * MIB }), collect: () => void collections++, collections: () => collections };
}

it("says nothing while there is room, and collects nothing", () => {
  const heap = heapOf(699, 0);
  requireHeap("The task", heap);
  expect(heap.collections()).toBe(0);
});

it("says nothing where what is in use was dead", () => {
  const heap = heapOf(790, 300);
  requireHeap("The task", heap);
  expect(heap.collections()).toBe(1);
});

it("tells how full the heap is before V8 ends the process", () => {
  expect(() => requireHeap('The task "m/read"', heapOf(790, 20))).toThrow(
    expect.objectContaining({ code: "LIMIT_MEMORY", message: expect.stringMatching(/^The task "m\/read" fills the heap of its (thread|process): 770 MiB of 800 MiB are in use/) as string }),
  );
});

it("looks at the heap of its own thread", () => {
  expect(() => requireHeap("The test")).not.toThrow();
});
