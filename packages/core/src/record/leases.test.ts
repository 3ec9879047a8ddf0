import * as fc from "fast-check";
import { expect, test } from "vitest";
import { createMemoryDatabase, createMemoryStore } from "../testkit/memory-store.js";
import { acquireLease, releaseLease, renewLease, type Lease } from "./leases.js";

test("a lease has one holder until it expires", async () => {
  const store = createMemoryStore();
  expect(await acquireLease(store, "tick", "a", 1_000, 0)).toEqual({ id: "tick", holder: "a", expiresAt: 1_000, revision: 1 });
  expect(await acquireLease(store, "tick", "b", 1_000, 999)).toBe(null);
  expect(await acquireLease(store, "other", "b", 1_000, 999)).not.toBe(null);
  expect(await acquireLease(store, "tick", "b", 1_000, 1_000)).toMatchObject({ holder: "b", expiresAt: 2_000 });
});

test("of many that try at once one gets it", async () => {
  const database = createMemoryDatabase();
  const leases = await Promise.all(Array.from({ length: 10 }, (_, i) => acquireLease(createMemoryStore(database), "tick", `holder ${i}`, 1_000, 0)));
  expect(leases.filter((lease) => lease !== null)).toHaveLength(1);
});

test("a holder renews, and a late one learns that it lost", async () => {
  const store = createMemoryStore();
  const first = (await acquireLease(store, "tick", "a", 1_000, 0))!;
  const renewed = await renewLease(store, first, 1_000, 500);
  expect(renewed.expiresAt).toBe(1_500);
  await acquireLease(store, "tick", "b", 1_000, 1_500);
  await expect(renewLease(store, renewed, 1_000, 1_600)).rejects.toMatchObject({ code: "LEASE_LOST" });
});

test("a released lease is free, and an old one cannot come back", async () => {
  const store = createMemoryStore();
  const first = (await acquireLease(store, "tick", "a", 1_000, 0))!;
  await releaseLease(store, first);
  const second = (await acquireLease(store, "tick", "b", 1_000, 1))!;
  await expect(renewLease(store, first, 1_000, 2)).rejects.toMatchObject({ code: "LEASE_LOST" });
  await releaseLease(store, first);
  expect((await renewLease(store, second, 1_000, 3)).holder).toBe("b");
});

test("whatever holders do and whenever, two never hold one lease at one time", async () => {
  const step = fc.record({ holder: fc.integer({ min: 0, max: 2 }), action: fc.constantFrom("acquire", "renew", "release"), wait: fc.integer({ min: 0, max: 40 }) });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
      const store = createMemoryStore();
      const held = new Map<number, Lease>();
      let now = 0;
      for (const { holder, action, wait } of steps) {
        now += wait;
        const lease = held.get(holder);
        if (action === "acquire") {
          const got = await acquireLease(store, "tick", `holder ${holder}`, 50, now);
          if (got !== null) held.set(holder, got);
        } else if (lease !== undefined && action === "renew") {
          await renewLease(store, lease, 50, now).then(
            (renewed) => held.set(holder, renewed),
            () => held.delete(holder),
          );
        } else if (lease !== undefined) {
          await releaseLease(store, lease);
          held.delete(holder);
        }
        expect([...held.values()].filter(({ expiresAt }) => expiresAt > now).length).toBeLessThanOrEqual(1);
      }
    }),
    { numRuns: 200 },
  );
});
