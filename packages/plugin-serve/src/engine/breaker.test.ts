import { describe, expect, it } from "vitest";
import { createBreaker } from "./breaker.js";

function breakerAt() {
  const clock = { now: 0 };
  const breaker = createBreaker(() => clock.now);
  const fail = (times: number) => {
    for (let time = 0; time < times; time++) breaker.failed();
  };
  return { clock, breaker, fail };
}

describe("the breaker of a model", () => {
  it("opens after ten failures in a row, and lets one request probe after a pause", () => {
    const { clock, breaker, fail } = breakerAt();
    fail(9);
    expect([breaker.isOpen(), breaker.admits()]).toEqual([false, true]);
    fail(1);
    expect([breaker.isOpen(), breaker.admits()]).toEqual([true, false]);
    clock.now = 5_000;
    expect([breaker.isOpen(), breaker.admits(), breaker.admits()]).toEqual([false, true, false]);
    breaker.succeeded();
    expect([breaker.isOpen(), breaker.admits(), breaker.admits()]).toEqual([false, true, true]);
  });

  it("stays open twice as long after each probe that fails, five minutes at most", () => {
    const { clock, breaker, fail } = breakerAt();
    fail(10);
    let pause = 5_000;
    for (let time = 0; time < 10; time++) {
      clock.now += pause;
      expect(breaker.admits()).toBe(true);
      fail(1);
      pause = Math.min(2 * pause, 300_000);
      clock.now += pause - 1;
      expect(breaker.isOpen()).toBe(true);
      clock.now -= pause - 1;
    }
  });

  it("does not open where successes stand between failures", () => {
    const { breaker, fail } = breakerAt();
    for (let time = 0; time < 20; time++) {
      fail(9);
      breaker.succeeded();
    }
    expect(breaker.isOpen()).toBe(false);
  });

  it("lets another request probe where one came to no verdict", () => {
    const { clock, breaker, fail } = breakerAt();
    fail(10);
    clock.now = 5_000;
    expect([breaker.admits(), breaker.admits()]).toEqual([true, false]);
    breaker.released();
    expect(breaker.admits()).toBe(true);
  });
});
