import { CORE } from "../plugin/core-name.js";
import { configInvalid, type ConfigIssue, type IssueSpec } from "./issue.js";
import type { Origins } from "./origin.js";
import { formatPath, startsWith, valueAt } from "./path.js";

/** Mistakes as they are found. */
export interface IssueList {
  report(issue: IssueSpec): void;
  /** A rule over several keys: it counts only where the object that it speaks of has no key that is none. */
  reportRule(issue: IssueSpec): void;
  /** What the data say of a config with mistakes: it counts only in a place that has no mistake of its own. */
  reportData(issue: IssueSpec): void;
  readonly isEmpty: boolean;
  /** Throws CONFIG_INVALID with all of them, each once, in the order in which they stand in their files; not for what came before alone. */
  throwIfAny(folder: string): void;
}

/** `written`: what the layers say; `before`: mistakes of what is read before the rest, in their places. */
export function issueList(origins: Origins, written: unknown, before: readonly ConfigIssue[] = []): IssueList {
  const found: IssueSpec[] = [];
  const ofRules: IssueSpec[] = [];
  const ofData: IssueSpec[] = [];
  return {
    report: (issue) => void found.push(issue),
    reportRule: (issue) => void ofRules.push(issue),
    reportData: (issue) => void ofData.push(issue),
    get isEmpty() {
      return before.length + found.length + ofRules.length === 0;
    },
    throwIfAny(folder) {
      const meant = found.flatMap(({ meant: path }) => (path !== undefined && valueAt(written, path) === undefined ? [path] : []));
      const unknown = found.filter((issue) => issue.meant !== undefined).map(({ path }) => path.slice(0, -1));
      const hidden = found.flatMap(({ hides }) => (hides === undefined ? [] : [hides]));
      const follows = (issue: IssueSpec): boolean => meant.some((start) => startsWith(issue.path, start)) || (issue.hides === undefined && hidden.some((start) => startsWith(issue.path, start)));
      const own = [...found.filter((issue) => !follows(issue)), ...ofRules.filter((issue) => !follows(issue) && !unknown.some((path) => formatPath(path) === formatPath(issue.path)))];
      const places = new Set(own.map(({ path }) => formatPath(path)));
      const all = [...own, ...ofData.filter((issue) => !follows(issue) && !places.has(formatPath(issue.path)))];
      if (all.length > 0) throw configInvalid(inOrder(distinct([...before, ...all.map((issue) => placed(issue, origins))])), folder);
    },
  };
}

/** A mistake with its place and origin. */
export function placed({ meant: _, hides: __, about: ___, ...spec }: IssueSpec, origins: Origins): ConfigIssue {
  const { kind, file, line, column } = origins.place(spec.path);
  return { found: null, allowed: null, nearest: null, plugin: CORE, ...spec, reference: origins.reference(spec.path), path: formatPath(spec.path), origin: kind, file, line, column };
}

function distinct(issues: readonly ConfigIssue[]): readonly ConfigIssue[] {
  return [...new Map(issues.map((issue) => [`${issue.path}\0${issue.message}`, issue])).values()];
}

/** By file, line and column; what no file says comes last. */
export function inOrder(issues: readonly ConfigIssue[]): readonly ConfigIssue[] {
  const files = [...new Set(issues.map(({ file }) => file))];
  const rank = ({ file }: ConfigIssue): number => (file === null ? files.length : files.indexOf(file));
  return issues.toSorted((left, right) => rank(left) - rank(right) || (left.line ?? 0) - (right.line ?? 0) || (left.column ?? 0) - (right.column ?? 0));
}
