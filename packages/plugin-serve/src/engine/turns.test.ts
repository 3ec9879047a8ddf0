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
  it("do what waits in order, 2 ms of it at once, and at their end what was gathered", () => {
    const { clock, turns, next } = loop();
    const done: string[] = [];
    for (const name of ["a", "b", "c", "d", "e"])
      turns.push(10, () => {
        done.push(name);
        clock.now += 0.9;
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
      turns.push(10, () => {
        done.push(piece);
        clock.now += 50;
      });
    next();
    expect(done).toEqual([1]);
    next();
    expect(done).toEqual([1, 2]);
  });

  it("know how long what waits will take", () => {
    const { clock, turns, next } = loop();
    for (let piece = 0; piece < 100; piece++) turns.push(1_000, () => void (clock.now += 1));
    expect(turns.wait).toBe(0);
    for (let turn = 0; turn < 10; turn++) {
      next();
      // The model and the answers take their time, too.
      clock.now += 2;
    }
    // Two pieces a turn, of a millisecond each, and two behind them: 2 ms a piece.
    expect(turns.wait).toBeCloseTo(80 * 2, 6);
    while (next());
    expect(turns.wait).toBe(0);
  });

  it("hold for a million pieces", () => {
    const { turns, next } = loop();
    let done = 0;
    for (let piece = 0; piece < 1e6; piece++) turns.push(1, () => done++);
    while (next());
    expect(done).toBe(1e6);
  });
});
