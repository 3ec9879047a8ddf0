/** Opens a project whose tasks tell that they have begun, and are done. */
export async function openWorker() {
  return {
    async runTask(_, watch) {
      await watch.event({ kind: "progress", share: null, message: "begun" });
      return { outputs: {}, ledger: null, summary: null };
    },
  };
}
