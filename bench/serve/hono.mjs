import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// Resolved from the plugin's own folder, where the packages are development dependencies.
const require = createRequire(new URL("../../packages/plugin-serve/package.json", import.meta.url));
const { Hono } = await import(pathToFileURL(require.resolve("hono")).href);
const { serve } = await import(pathToFileURL(require.resolve("@hono/node-server")).href);

const answer = JSON.parse(process.argv[2]);
const app = new Hono();
app.get("/", (context) => context.text("hello"));
app.post("/predict", async (context) => {
  const { rows } = await context.req.json();
  return context.json({ ...answer, rows: rows.map(() => answer.rows[0]) });
});
serve({ fetch: app.fetch, port: 0, hostname: "127.0.0.1" }, ({ port }) => console.log(`http://127.0.0.1:${port}`));
