import { across, arrow, box, picture, text } from "./draw.mjs";

/** The life of a model: what one run does, and what goes on beside traffic. */
function loop() {
  const [width, height, step] = [92, 40, 122];
  const at = (column, row) => [14 + column * step, 44 + row * 66];
  const place = (column, row, words, options) => box(...at(column, row), width, height, words, options);
  const to = ([c1, r1], [c2, r2], options) => across(at(c1, r1)[0] + width, at(c1, r1)[1] + height / 2, at(c2, r2)[0], at(c2, r2)[1] + height / 2, options);
  const inRun = [["read", 0, 0.5], ["split", 1, 0], ["profile", 1, 1], ["check", 2, 0], ["fit", 3, 0], ["train", 4, 0], ["after", 5, 0], ["evaluate", 6, 0], ["certify", 6, 1], ["register", 7, 0.5]];
  const ways = [["read", "split"], ["read", "profile"], ["split", "check"], ["check", "fit"], ["fit", "train"], ["train", "after"], ["after", "evaluate"], ["after", "certify"], ["evaluate", "register"], ["certify", "register"]];
  const placeOf = (name) => inRun.find(([one]) => one === name).slice(1);
  const below = [["serve", 7], ["observe", 5.6], ["drift", 4.2], ["alert", 2.8], ["retrain", 1.4]];
  const low = 2.45;
  const next = below.slice(1).map(([, column], index) => {
    const [from, y] = at(below[index][1], low);
    return arrow([[from, y + height / 2], [at(column, low)[0] + width, y + height / 2]], { style: index === 0 ? "" : "dashed" });
  });
  const [rx, ry] = at(7, 0.5);
  const [bx, by] = at(1.4, low);
  const [sx, sy] = at(0, 0.5);
  return picture(980, 270, "The loop: read, split, check, fit, train, after, evaluate, certify, register; then serve, observe, drift, alert, retrain, and read again", [
    text(14, 22, "millrace run", "code"),
    inRun.map(([name, column, row]) => place(column, row, name, { style: "mark" })),
    ways.map(([from, into]) => to(placeOf(from), placeOf(into))),
    below.map(([name, column]) => place(column, low, name, { style: "box" })),
    arrow([[rx + width / 2, ry + height], [rx + width / 2, at(7, low)[1]]]),
    next,
    arrow([[bx, by + height / 2], [sx + width / 2, by + height / 2], [sx + width / 2, sy + height]], { style: "dashed" }),
    text(rx + width / 2 - 10, at(7, low)[1] - 14, "alias moves if every gate passed", "soft end"),
  ]);
}

/** Rows in parts, each folded by itself, and merged. */
function fold() {
  const parts = [0, 1, 2];
  return picture(760, 190, "A fold: each part of the rows is added to a partial of its own, partials merge in order, and finish gives what was learnt", [
    text(20, 24, "rows", "soft"),
    parts.map((part) => Array.from({ length: 7 }, (_, row) => `<rect class="${part === 1 ? "mark" : "box"}" x="20" y="${36 + part * 48 + row * 5.4}" width="74" height="3.4" rx="1"/>`)),
    parts.map((part) => [across(104, 54 + part * 48, 170, 54 + part * 48), text(137, 47 + part * 48, "add", "soft middle"), box(172, 38 + part * 48, 120, 32, `partial ${part}`, { style: part === 1 ? "mark" : "box" })]),
    parts.map((part) => across(294, 54 + part * 48, 398, 102)),
    box(400, 84, 100, 36, "merge"),
    across(502, 102, 566, 102),
    text(533, 94, "finish", "soft middle"),
    box(568, 80, 172, 44, "what was learnt", { note: "a state, a metric, a profile", style: "mark" }),
    text(568, 160, "Any partition of the rows", "soft"),
    text(568, 176, "gives the same result.", "soft"),
  ]);
}

/** Raw columns through one file, in training, evaluation and serving. */
function graph() {
  const columns = ["origin", "destination", "date", "distance"];
  return picture(760, 200, "The graph: raw columns go through features, model and what stands behind it, all in one ONNX file, to a prediction", [
    columns.map((name, at) => [text(92, 50 + at * 30, name, "code end"), across(100, 46 + at * 30, 168, 91)]),
    `<rect class="mark" x="150" y="28" width="470" height="126" rx="10"/>`,
    text(166, 48, "one ONNX file", "soft"),
    box(170, 68, 120, 46, "features", { note: "fitted, lowered" }),
    across(292, 91, 328, 91),
    box(330, 68, 120, 46, "model", { note: "trained, lowered" }),
    across(452, 91, 488, 91),
    box(490, 68, 112, 46, "after", { note: "calibrated" }),
    across(604, 91, 652, 91),
    text(660, 88, "score", "code"),
    text(660, 106, "label", "code"),
    text(166, 182, "The file that was evaluated is, byte for byte, the file that serves.", "soft"),
  ]);
}

/** A key, and the three verdicts. */
function plan() {
  const verdicts = [["known, and recorded", "reuse", "same key as in run 7k3x"], ["known, and new", "run", "train.with.l2: 1 → 10"], ["not known yet", "run-unless-same", "waits for delays/train"]];
  return picture(760, 190, "The plan: a task's key is the digest of its step, inputs, options and code; what is recorded under a key is reused, what is new runs, and what waits is judged later", [
    ["step", "inputs", "options", "code"].map((name, at) => [box(16, 18 + at * 40, 92, 30, name), across(110, 33 + at * 40, 176, 93)]),
    box(178, 70, 100, 46, "key", { note: "sha256", style: "mark" }),
    verdicts.map(([state, verdict, why], at) => {
      const y = 36 + at * 58;
      return [across(280, 93, 350, y), text(358, y + 4, state, "soft"), box(500, y - 15, 140, 30, verdict, { style: at === 0 ? "mark" : "box" }), text(500, y + 30, why, "soft")];
    }),
  ]);
}

/** History in, a decision out, and the same over the past. */
function policy() {
  return picture(760, 150, "A policy: a pure function from recorded history to a decision, which can be replayed over the past", [
    Array.from({ length: 9 }, (_, at) => `<rect class="${at > 5 ? "mark" : "box"}" x="${24 + at * 18}" y="${84 - 6 - ((at * 7) % 40)}" width="12" height="${6 + ((at * 7) % 40)}" rx="2"/>`),
    text(24, 106, "history, as it was recorded", "soft"),
    across(196, 64, 286, 64),
    box(288, 40, 150, 48, "policy", { note: "a pure function", style: "mark" }),
    across(440, 64, 530, 64),
    box(532, 40, 140, 48, "decision", { note: "stop, shift, retrain" }),
    arrow([[363, 128], [363, 90]], { style: "dashed" }),
    text(374, 130, "replay: the same function over the past, before it is trusted", "soft"),
  ]);
}

/** Artifacts by content, records by commit, aliases with their history. */
function record() {
  const moves = ["1", "2", "1", "3"];
  return picture(760, 200, "Records: artifacts are addressed by their content, records change by commit, and an alias keeps the history of its moves", [
    text(20, 28, "artifacts", "strong"),
    text(20, 46, "never change", "soft"),
    ["sha256:9c1e…", "sha256:04fa…"].map((digest, at) => [text(170 + at * 290, 36, digest, "code"), across(268 + at * 290, 32, 312 + at * 290, 32), box(314 + at * 290, 18, 96, 28, at === 0 ? "model.onnx" : "evaluation")]),
    text(20, 92, "records", "strong"),
    text(20, 110, "all or nothing", "soft"),
    ["run", "task", "model", "alias", "lease"].map((name, at) => box(170 + at * 110, 82, 94, 32, name)),
    text(20, 158, "aliases", "strong"),
    text(20, 176, "history only grows", "soft"),
    text(170, 166, "delays@champion", "code"),
    moves.map((version, at) => [box(300 + at * 96, 146, 46, 32, version, { style: at === moves.length - 1 ? "mark" : "box" }), at === 0 ? [] : across(250 + at * 96, 162, 298 + at * 96, 162)]),
    text(504, 194, "rolled back", "soft middle"),
  ]);
}

/** The pictures of docs, by their files. */
export const PICTURES = { "docs/pictures/loop.svg": loop, "docs/pictures/fold.svg": fold, "docs/pictures/graph.svg": graph, "docs/pictures/plan.svg": plan, "docs/pictures/policy.svg": policy, "docs/pictures/record.svg": record };
