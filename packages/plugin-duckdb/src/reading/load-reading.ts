/** What reads rows: loaded with the first read, so that a plan which only asks for partitions never pays for it. */
export async function loadReading() {
  const [{ streamBatches }, { choose, layoutOf, project }] = await Promise.all([import("./batches.js"), import("./query.js")]);
  return { streamBatches, choose, layoutOf, project };
}
