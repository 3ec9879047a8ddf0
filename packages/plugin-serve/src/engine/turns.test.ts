import { describe, expect, it } from "vitest";
import { createTurns } from "./turns.js";

/** A clock, and an event loop that a test moves by hand. */
function loop() {
  const clock = { now: 0 };
  const queue: (() => void)[] = [];
  const turns = createTurns(() => clock.now, (turn) => void queue.push(turn));
  const next = (): boolean => {
    const act = queue.shift();
    act?.();
    return act !== undefined;
  };
  return { clock, turns, next };
}

describe("turns", () => {
  it("do what waits in order, 1 ms of it at once, and at their end what was gathered", () => {
    const { clock, turns, next } = loop();
    const done: string[] = [];
    for (const name of ["a", "b", "c", "d", "e"])
      turns.push(() => {
        done.push(name);
        clock.now += 0.4;
        if (name === "a" || name === "d") turns.atEnd(() => done.push(`end of ${name}'s turn`));
      });
    next();
    expect(done).toEqual(["a", "b", "c", "end of a's turn"]);
    next();
    expect(done.slice(4)).toEqual(["d", "e", "end of d's turn"]);
    expect(next()).toBe(false);
  });

  it("do one piece of work at least, however long it takes", () => {
    const { clock, turns, next } = loop();
    const done: number[] = [];
    for (const piece of [1, 2])
      turns.push(() => {
        done.push(piece);
        clock.now += 50;
      });
    next();
    expect(done).toEqual([1]);
    next();
    expect(done).toEqual([1, 2]);
  });

  it("know how long the oldest work has waited", () => {
    const { clock, turns, next } = loop();
    expect(turns.age).toBe(0);
    turns.push(() => void (clock.now += 3));
    clock.now = 5;
    turns.push(() => {});
    expect(turns.age).toBe(5);
    next();
    expect(turns.age).toBe(3);
    next();
    expect(turns.age).toBe(0);
  });

  it("hold for a million pieces", () => {
    const { turns, next } = loop();
    let done = 0;
    for (let piece = 0; piece < 1e6; piece++) turns.push(() => void done++);
    while (next());
    expect(done).toBe(1e6);
  });
});
