import { describe, expect, it } from "vitest";
import { testRun } from "millrace/testkit";
import config from "./millrace.config.ts";

const summer = { weather: "sun", weekday: "Sat", price: 2.8 };

/** A year of days, made up for the test: the config's own source is not read. */
const rows = Array.from({ length: 365 }, (_, index) => ({
  ...summer,
  day: new Date(Date.UTC(2024, 0, 1 + index)).toISOString(),
  temperature: (index * 7) % 31,
  weather: ["sun", "cloud", "rain"][index % 3]!,
  cups: 10 + Math.max(0, ((index * 7) % 31) - 15) * (index % 3 === 2 ? 3 : 8),
}));

describe("the ice-cream model", () => {
  it("is better than the mean, and passes its gate", async () => {
    await using run = await testRun(config, { folder: import.meta.dirname });
    expect(run.version.gates).toBe("passed");
    expect(run.evaluation.parts.test!.metrics["mae"]!.value).toBeLessThan(20);
    expect(run.record.tasks.find(({ step }) => step === "worst-days")!.summary).toMatchObject({ worst: expect.arrayContaining([expect.stringContaining("off by")]) });
  });

  it("says that warm days sell more", async () => {
    await using run = await testRun(config, { rows });
    const [cold, warm] = await run.model.predict([{ ...summer, temperature: 5 }, { ...summer, temperature: 28 }]);
    expect(Number(warm!["prediction"])).toBeGreaterThan(Number(cold!["prediction"]) + 20);
  });

  it("does not run on days without a count", async () => {
    await expect(testRun(config, { rows: rows.map(({ day, temperature, weather, weekday, price }) => ({ day, temperature, weather, weekday, price })) })).rejects.toMatchObject({ code: "CONFIG_INVALID", facts: { issues: [{ path: "models.cups.columns.target", found: "cups" }] } });
  });
});
