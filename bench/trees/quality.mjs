/** ROC-AUC of two classes, log-loss of more; as peer.py. */
export function quality({ classes }, labels, predictions) {
  return classes === 2 ? { "roc-auc": rocAuc(labels, predictions) } : { "log-loss": logLoss(labels, predictions, classes) };
}

/** By mean ranks of equal scores. */
function rocAuc(labels, scores) {
  const order = Array.from(scores.keys()).sort((a, b) => scores[a] - scores[b]);
  let [ranks, ones] = [0, 0];
  for (let from = 0; from < order.length; ) {
    let end = from;
    while (end < order.length && scores[order[end]] === scores[order[from]]) end++;
    for (let at = from; at < end; at++) {
      if (labels[order[at]] !== 1) continue;
      ranks += (from + 1 + end) / 2;
      ones++;
    }
    from = end;
  }
  return (ranks - (ones * (ones + 1)) / 2) / (ones * (order.length - ones));
}

function logLoss(labels, predictions, classes) {
  return labels.reduce((sum, label, row) => sum - Math.log(Math.max(predictions[row * classes + label], 1e-15)), 0) / labels.length;
}
