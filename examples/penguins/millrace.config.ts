import { defineConfig } from "millrace";

export default defineConfig({
  schema: 1,
  project: "penguins",
  models: {
    species: {
      source: { use: "json", with: { files: "npm:vega-datasets/data/penguins.json" } },
      columns: { target: "Species" },
      split: { use: "random", with: { test: 0.25, validation: 0, stratify: true } },
      features: [{ use: "standardize", from: ["Beak Length (mm)", "Beak Depth (mm)", "Flipper Length (mm)", "Body Mass (g)"] }],
      train: "logistic",
      evaluate: { metrics: ["accuracy", "log-loss", "confusion"], baselines: ["prior"], gates: [{ metric: "accuracy", part: "test", atLeast: 0.9 }] },
      register: { alias: "champion" },
    },
  },
});
