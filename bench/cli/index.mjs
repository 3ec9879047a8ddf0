import { median } from "../measure.mjs";
import { command, makeProject, runProject, seconds } from "../pipeline/project.mjs";

/** What each call may take on a quiet machine, in seconds; none is set for the first plan, which loads DuckDB to ask the source for its columns. */
const LIMITS = { "--help": 0.15, "plan, nothing to run": 0.5, "run, all reused": 1 };

/** Whole processes of the command on the main example, beside a Node that does nothing, in turn: what a person waits for. */
export default async function cli({ quick, say }) {
  const project = await makeProject(quick ? 20_000 : 100_000);
  try {
    const sample = ["--sample", String(project.sample)];
    const times = quick ? 5 : 15;
    // A plan leaves nothing, so that each of these is the first of its project.
    const first = await inTurn(project.folder, { "plan, the first": [command, "plan", ...sample] }, times);
    say("a run whose tasks are then reused");
    await runProject(project);
    const calls = { "--help": [command, "--help"], "plan, nothing to run": [command, "plan", ...sample], "run, all reused": [command, "run", ...sample] };
    const samples = await inTurn(project.folder, calls, times);
    const figures = [...figuresOf(first), ...figuresOf(samples)];
    const over = Object.entries(LIMITS).map(([name, limit]) => `${name}: ${median(samples[name]).toFixed(3)} s, at most ${limit} s wanted${median(samples[name]) > limit ? ": OVER" : ""}`);
    return { figures, notes: over };
  } finally {
    await project.remove();
  }
}

/** A figure for each call, beside the Node that does nothing in the same turns. */
function figuresOf({ "node -e 0": bare, ...samples }) {
  return Object.entries(samples).map(([name, ours]) => ({ case: name, metric: "time", unit: "s", ours, peers: [{ name: "node -e 0", values: bare }] }));
}

/** Seconds by name; one round warms the caches. */
async function inTurn(folder, calls, times) {
  const all = { ...calls, "node -e 0": ["-e", "0"] };
  const samples = Object.fromEntries(Object.keys(all).map((name) => [name, []]));
  for (let time = 0; time <= times; time++) {
    for (const [name, args] of Object.entries(all)) {
      const spent = await seconds(folder, args);
      if (time > 0) samples[name].push(spent);
    }
  }
  return samples;
}
