import { parseTimestamp } from "../../frame/parse-timestamp.js";
import { before, DURATION } from "../duration.js";
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

/** A window that is written out ends after it begins, and the validation's lies before the test's and not wholly in the gap. */
export const windowsFollowEachOther: Rule = (model) => {
  if (model.text("split", "use") !== "time") return [];
  const moment = (window: string, end: string): number => parseTimestamp(model.text("split", "with", window, end) ?? "");
  const backward = ["test", "validation"].filter((window) => moment(window, "to") <= moment(window, "from"));
  if (backward.length > 0) return backward.map((window) => ({ path: ["split", "with", window], message: "ends before it begins.", mend: "Set `to` to a moment after `from`." }));
  if (moment("validation", "to") > moment("test", "from")) return [{ path: ["split", "with", "validation"], message: "reaches into the test's window.", mend: "Let the validation end where the test begins, or earlier." }];
  const gap = model.text("split", "with", "gap") ?? model.text("columns", "horizon");
  const isLost = gap !== null && DURATION.test(gap) && !Number.isNaN(moment("test", "from")) && moment("validation", "from") >= before(moment("test", "from"), gap);
  return isLost ? [{ path: ["split", "with", "validation"], message: `lies within the gap of ${gap} before the test's window, which is left out.`, mend: "Let the validation begin earlier, or shorten split.with.gap (by default columns.horizon)." }] : [];
};

/** A group has rows of several classes, so shares of groups cannot keep the shares of each class. */
export const groupsHaveNoStrata: Rule = (model) => {
  const group = model.text("columns", "group");
  const isStratified = (model.text("split", "with", "stratify") ?? "false") !== "false";
  return model.text("split", "use") === "random" && group !== null && isStratified
    ? [{ path: ["split", "with", "stratify"], message: `keeps shares of rows, but columns.group "${group}" has whole groups drawn.`, mend: "Leave split.with.stratify out, or columns.group." }]
    : [];
};
