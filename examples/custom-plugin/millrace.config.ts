import { defineConfig } from "millrace";
import stall from "./stall/stall.ts";

export default defineConfig({
  schema: 1,
  project: "ice-cream",
  plugins: [stall()],
  models: {
    cups: {
      source: { use: "csv", with: { files: "./days.csv" } },
      columns: { target: "cups", time: "day", ignore: ["price"] },
      split: { use: "random", with: { test: 0.2, validation: 0.1 } },
      features: [
        { use: "warmth", from: ["temperature"], as: "warmth" },
        { use: "category", from: ["weather", "weekday"] },
      ],
      train: "ridge",
      evaluate: {
        metrics: ["mae", { use: "lost-money", with: { wasted: 0.25 } }],
        baselines: ["mean"],
        gates: [{ metric: "lost-money", versus: "baseline", atLeast: 0 }],
      },
      register: { alias: "champion" },
    },
  },
});
