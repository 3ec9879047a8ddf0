import { quoted, roleOf, type ColumnRole } from "./column-role.js";
import type { ColumnFacts } from "./column-facts.js";
import { problemOf, type TargetProblem } from "./target-problem.js";

/** A column that may be what is to be predicted, the likeliest first. */
export interface TargetCandidate {
  readonly name: string;
  readonly problem: TargetProblem;
  readonly score: number;
  /** Columns that alone tell it; empty where nobody looked. */
  readonly toldBy: readonly string[];
}

/** Names that people give to what they want to know. */
const STRONG_NAME = /(?:^|[\s_.-])(?:target|label|outcome|churn|churned|default|defaulted|fraud|is_fraud|survived|response|converted|returned|diagnosis|class|y)(?:$|[\s_.-])/i;
const NAME = /(?:^|[\s_.-])(?:result|status|damage|species|rating|score|price|sales|revenue|demand|cost|delay|late|quality|grade|approved|cancelled|canceled|clicked|bought|purchased|won|winner|profit|income|salary|amount|fare|fee|total|tip|duration|consumption|yield)(?:$|[\s_.-])/i;
/** Names of where and when: known before, and so rarely asked for. */
const GIVEN_NAME = /(?:^|[\s_.-])(?:lat|lon|lng|latitude|longitude|x|year|month|day|hour|week|weekday|zip|code|age|name|title|state|country|city|region)(?:$|[\s_.-])/i;

/** Every column that can be a target. `roles` are those of `facts`, one by one. */
export function targetCandidates(facts: readonly ColumnFacts[], roles: readonly ColumnRole[] = facts.map(roleOf)): readonly TargetCandidate[] {
  const found = facts.flatMap((column, index): TargetCandidate[] => {
    const role = roles[index]!;
    const problem = role.kind === "ignored" || role.kind === "time" || role.kind === "text" ? null : problemOf(column);
    return problem === null ? [] : [{ name: column.name, problem, score: scoreOf(column, problem, index, facts.length), toldBy: [] }];
  });
  return found.sort((left, right) => right.score - left.score);
}

/** What is called a target but holds no two values, as sentences: it was passed over, which its owner would want to know. */
export function passedOver(facts: readonly ColumnFacts[], target: string): readonly string[] {
  return facts.filter(({ name, distinct, width, dtype }) => name !== target && STRONG_NAME.test(name) && distinct < 2 && width === 1 && dtype !== "bytes").map(({ name, values }) => `${quoted(name)} is named like a target, but cannot be predicted: it holds ${values[0] === undefined ? "no value" : `nothing but ${quoted(values[0][0])}`}.`);
}

function scoreOf({ name, rows, missing, values }: ColumnFacts, problem: TargetProblem, index: number, columns: number): number {
  const byName = STRONG_NAME.test(name) ? 4 : NAME.test(name) ? 2 : GIVEN_NAME.test(name) ? -2 : 0;
  const byPlace = index === columns - 1 ? 1.5 : index === 0 ? 0.5 : 0;
  return byName + byPlace + byProblem(problem, (values[0]?.[1] ?? 0) / (rows - missing)) - (4 * missing) / rows;
}

/** `commonest`: the share of the most frequent value. */
function byProblem(problem: TargetProblem, commonest: number): number {
  if (problem.kind === "regression") return commonest > 0.7 ? -2 : 0.5;
  if (problem.kind === "binary") return problem.positiveShare < 0.01 || problem.positiveShare > 0.99 ? -1 : 1;
  return problem.classes <= 10 ? 0.6 : -0.5;
}
