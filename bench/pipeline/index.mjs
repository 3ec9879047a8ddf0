import { median } from "../measure.mjs";
import { peer, runPeer } from "../peer.mjs";
import { executorFigures } from "./executors.mjs";
import { hitSeconds, makeProject, runProject } from "./project.mjs";
import { writeColumns } from "./columns.mjs";

/** The main example, from three million real flights to a certified, registered model: per task, as a whole, and with nothing to do. */
export default async function pipeline({ quick, say }) {
  const project = await makeProject(quick ? 100_000 : null);
  try {
    const runs = [];
    for (let time = 0; time < (quick ? 1 : 3); time++) {
      say(`run ${time + 1}`);
      runs.push(await runProject(project));
    }
    say("runs that reuse every task");
    const hits = await hitSeconds(project, 5);
    const executors = await executorFigures(project, { quick, say });
    say("scikit-learn");
    const columns = await writeColumns(project);
    const sklearn = await runPeer(new URL("one_hot_logistic.py", import.meta.url).pathname, [columns]);
    return { figures: [...taskFigures(runs), ...wholeFigures(runs, hits, sklearn), ...executors], notes: notesOf(runs, sklearn) };
  } finally {
    await project.remove();
  }
}

function taskFigures(runs) {
  return runs[0].tasks.flatMap(({ task, ledger }) => {
    const outcomes = runs.map(({ tasks }) => tasks.find((one) => one.task === task));
    const seconds = outcomes.map((outcome) => outcome.seconds);
    const figures = [
      { case: task, metric: "time", unit: "s", ours: seconds, peers: [] },
      { case: task, metric: "peak memory", unit: "MiB", ours: outcomes.map(({ peakBytes }) => peakBytes / 2 ** 20), peers: [] },
    ];
    return ledger === null ? figures : [figures[0], { case: task, metric: "rows", unit: "M/s", ours: seconds.map((value) => ledger.rowsOut / value / 1e6), peers: [] }, figures[1]];
  });
}

function wholeFigures(runs, hits, sklearn) {
  const learnt = runs.map(({ tasks }) => ["fit", "train"].reduce((sum, step) => sum + tasks.find((task) => task.task === `delays/${step}`).seconds, 0));
  const auc = runs.map(({ tasks }) => tasks.find(({ step }) => step === "evaluate").summary.test["roc-auc"]);
  return [
    { case: "features and model", metric: "time", unit: "s", ours: learnt, peers: [peer("scikit-learn", sklearn, "seconds")] },
    { case: "features and model", metric: "ROC-AUC on test", unit: "", ours: auc, peers: [peer("scikit-learn", sklearn, "roc_auc")] },
    { case: "whole run", metric: "time", unit: "s", ours: runs.map(({ seconds }) => seconds), peers: [] },
    { case: "whole run", metric: "peak memory", unit: "MiB", ours: runs.map(({ peakMiB }) => peakMiB), peers: [peer("scikit-learn", sklearn, "peak_mib")] },
    { case: "all tasks reused", metric: "time", unit: "s", ours: hits.ours, peers: [{ name: "node -e 0", values: hits.bare }] },
  ];
}

function notesOf(runs, sklearn) {
  return [
    `Whole runs of a new process, with nothing reused: ${runs.map(({ seconds }) => seconds.toFixed(1)).join(", ")} s; median ${median(runs.map(({ seconds }) => seconds)).toFixed(1)} s.`,
    sklearn.absent === undefined
      ? "scikit-learn: OneHotEncoder (sparse) and StandardScaler into LogisticRegression (lbfgs, C = 1) on the same training rows, from integer codes in memory; one thread; its time has no reading, splitting, evaluating or certifying in it. Its memory is that of the whole Python process."
      : `scikit-learn is absent: ${sklearn.absent}.`,
  ];
}
