/** The median; of an even number of values the mean of the middle two. */
export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** Least and greatest. */
export function spread(values) {
  return [Math.min(...values), Math.max(...values)];
}

/** Wall and CPU seconds of one call (CPU: of all threads of the process, which a busy machine inflates least), and what it returned. */
export async function timed(work) {
  const cpu = process.cpuUsage();
  const start = performance.now();
  const result = await work();
  const seconds = (performance.now() - start) / 1000;
  const { user, system } = process.cpuUsage(cpu);
  return { seconds, cpuSeconds: (user + system) / 1e6, result };
}

/** Runs `work` so many times behind one run for warming up; `work` returns seconds by name. Returns the samples by name. */
export async function repeated(times, work) {
  await work();
  const samples = {};
  for (let time = 0; time < times; time++) for (const [name, seconds] of Object.entries(await work())) (samples[name] ??= []).push(seconds);
  return samples;
}
