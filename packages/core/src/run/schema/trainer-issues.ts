import type { ResolvedModel, Use } from "../../contracts/resolved.js";
import type { Problem, Trainer } from "../../contracts/trainer.js";
import type { IssueSpec } from "../../config/issue.js";
import type { Path } from "../../config/path.js";
import type { Registry } from "../../plugin/registry.js";

type Create = (use: Use<"trainer">) => Promise<Trainer | null>;

/** The trainer and the baselines, where they do not learn the problem that the target poses. `create` gives null where options are wrong, of which others tell. */
export async function trainerIssues({ train, evaluate, columns }: ResolvedModel, { kind }: Problem, registry: Registry, create: Create): Promise<readonly IssueSpec[]> {
  const uses: readonly (readonly [Path, Use<"trainer">])[] = [[["train"], train], ...evaluate.baselines.map((use, index) => [["evaluate", "baselines", index], use] as const)];
  const trainers = await Promise.all(uses.map(async ([path, use]) => ({ path, use, problems: (await create(use))?.problems })));
  const refusing = trainers.filter(({ problems }) => problems?.includes(kind) === false);
  if (refusing.length === 0) return [];
  const others = await learnersOf(kind, registry, create);
  return refusing.map(({ path, use, problems }) => ({
    path,
    message: `is "${use.name}", which learns ${problems!.join(" and ")} problems; the target "${columns.target}" poses a ${kind} one.`,
    found: use.name,
    allowed: others,
    mend: "Use another trainer, or say with columns.task which problem is meant.",
    plugin: registry.get("trainer", use.name).plugin.name as string,
  }));
}

/** The trainers that learn a kind of problem, of those whose options all have defaults. */
async function learnersOf(kind: Problem["kind"], registry: Registry, create: Create): Promise<readonly string[]> {
  const named = registry.names("trainer").map(async (name) => {
    const made = await create({ kind: "trainer", name, with: {} }).catch(() => null);
    return made !== null && made.problems?.includes(kind) !== false ? [name] : [];
  });
  return (await Promise.all(named)).flat();
}
