import type { Rule } from "./loose-model.js";

export const timeSplitNeedsTime: Rule = (model) =>
  model.text("split", "use") === "time" && model.text("columns", "time") === null
    ? [{ path: ["columns", "time"], message: "is missing, and the split is by time.", mend: "Set columns.time, or split by hash, random or column." }]
    : [];

export const horizonNeedsTime: Rule = (model) =>
  model.has("columns", "horizon") && model.text("columns", "time") === null ? [{ path: ["columns", "horizon"], message: "is given without columns.time, from which it counts.", mend: "Set columns.time." }] : [];

export const sharesLeaveTraining: Rule = (model) => {
  const rule = model.text("split", "use");
  if (rule !== "hash" && rule !== "random") return [];
  const [test, validation] = ["test", "validation"].map((part) => (model.has("split", "with", part) ? Number(model.text("split", "with", part)) : 0.2));
  return test! + validation! >= 1 ? [{ path: ["split", "with"], message: `leaves nothing to train on: test ${test} + validation ${validation}.`, mend: "Make the two shares less than 1 together." }] : [];
};

/** A window that is written out ends after it begins, and the validation's lies before the test's. */
export const windowsFollowEachOther: Rule = (model) => {
  if (model.text("split", "use") !== "time") return [];
  const moment = (window: string, end: string): number => Date.parse(model.text("split", "with", window, end) ?? "");
  const backward = ["test", "validation"].filter((window) => moment(window, "to") <= moment(window, "from"));
  if (backward.length > 0) return backward.map((window) => ({ path: ["split", "with", window], message: "ends before it begins.", mend: "Set `to` to a moment after `from`." }));
  return moment("validation", "to") > moment("test", "from") ? [{ path: ["split", "with", "validation"], message: "reaches into the test's window.", mend: "Let the validation end where the test begins, or earlier." }] : [];
};
