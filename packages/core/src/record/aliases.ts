import type { AliasChange } from "../contracts/entities.js";
import type { Change, Store } from "../contracts/store.js";
import { MillraceError } from "../errors/millrace-error.js";
import { suggest } from "../errors/nearest.js";
import { parseModelRef } from "./model-ref.js";
import { findVersion } from "./model-versions.js";

const MAX_TRIES = 50;

export interface AliasMove {
  readonly model: string;
  readonly alias: string;
  /** The version that the alias points to from now on; null removes the alias and keeps its history. */
  readonly to: number | null;
  readonly reason: string;
  /** ISO 8601. */
  readonly at: string;
  /** The version that the caller saw there (null: no alias); undefined moves it from wherever it is. */
  readonly expect?: number | null;
}

/**
 * Moves an alias and writes its history in one commit. Returns null, and commits nothing, where it points there already.
 * Throws MODEL_REF, MODEL_NOT_FOUND, MODEL_GATES_FAILED and MODEL_SAMPLE (no alias moves to a version whose gates failed, or that is a sample), ALIAS_MOVED (not at `expect`).
 */
export async function moveAlias(store: Store, move: AliasMove): Promise<AliasChange | null> {
  await checkTarget(store, move);
  for (let tries = 1; ; tries++) {
    const current = await store.get("alias", aliasId(move.model, move.alias));
    const from = current?.value.version ?? null;
    if (move.expect !== undefined && move.expect !== from) throw aliasMoved(move, from);
    if (from === move.to) return null;
    const change: AliasChange = { model: move.model, alias: move.alias, sequence: await nextSequence(store, move.model, move.alias), from, to: move.to, reason: move.reason, at: move.at };
    try {
      await store.commit(changesOf(change, current?.revision ?? null));
      return change;
    } catch (error) {
      if (!MillraceError.is(error, "STORE_CONFLICT") || tries === MAX_TRIES) throw error;
    }
  }
}

/** Every move of an alias, oldest first. */
export async function aliasHistory(store: Store, model: string, alias: string): Promise<readonly AliasChange[]> {
  const changes: AliasChange[] = [];
  for (;;) {
    const page = await store.find("aliasChange", { where: { model, alias }, order: { member: "sequence", direction: "ascending" }, offset: changes.length });
    if (page.length === 0) return changes;
    changes.push(...page.map((stored) => stored.value));
  }
}

/** Moves the alias to the version before; a second rollback goes one further back. Throws ALIAS_NOT_FOUND, ALIAS_NO_PREVIOUS. */
export async function rollbackAlias(store: Store, rollback: Omit<AliasMove, "to" | "expect">): Promise<AliasChange> {
  const { model, alias } = rollback;
  const history = await aliasHistory(store, model, alias);
  const current = history.at(-1)?.to ?? null;
  if (current === null) throw await aliasNotFound(store, model, alias);
  const to = previousVersion(history);
  if (to === null) {
    throw new MillraceError({
      code: "ALIAS_NO_PREVIOUS",
      message: `The alias "${model}@${alias}" came to version ${current} first: there is none to go back to.`,
      mend: `Name the version to move it to: millrace models alias ${model}@<version> ${alias}.`,
      facts: { model, alias },
    });
  }
  return (await moveAlias(store, { ...rollback, to, expect: current }))!;
}

/** The version that a rollback moves the alias to; null where there is none. `history`: all moves, oldest first. */
export function previousVersion(history: readonly AliasChange[]): number | null {
  return versionsBefore(history).at(-1) ?? null;
}

/** The versions under the current one, oldest first: a move to the one just below undoes a move, any other adds one. */
function versionsBefore(history: readonly AliasChange[]): readonly number[] {
  const stack: number[] = [];
  for (const { to } of history) {
    if (to === null) continue;
    if (stack.at(-2) === to) stack.pop();
    else if (stack.at(-1) !== to) stack.push(to);
  }
  return stack.slice(0, -1);
}

function aliasId(model: string, alias: string): string {
  return `${model}@${alias}`;
}

async function checkTarget(store: Store, { model, alias, to }: AliasMove): Promise<void> {
  const ref = parseModelRef(aliasId(model, alias));
  if (ref.alias === null || ref.model !== model) {
    throw new MillraceError({ code: "MODEL_REF", message: `"${alias}" is no name for an alias.`, mend: `Begin it with a letter, and use no "@" and no space: "champion".`, facts: { model, alias } });
  }
  if (to === null) return;
  const version = await findVersion(store, aliasId(model, String(to)));
  if (version.sample !== null)
    throw new MillraceError({
      code: "MODEL_SAMPLE",
      message: `Version ${to} of the model "${model}" was made from a sample of ${version.sample} rows: no alias moves to it.`,
      mend: "Run without --sample, and move the alias to that version.",
      facts: { model, alias, version: to },
    });
  if (version.gates === "passed") return;
  throw new MillraceError({
    code: "MODEL_GATES_FAILED",
    message: `Version ${to} of the model "${model}" failed its gates: no alias moves to it.`,
    mend: `Move "${alias}" to a version that passed: millrace models list.`,
    facts: { model, alias, version: to },
  });
}

async function nextSequence(store: Store, model: string, alias: string): Promise<number> {
  const [last] = await store.find("aliasChange", { where: { model, alias }, order: { member: "sequence", direction: "descending" }, limit: 1 });
  return (last?.value.sequence ?? 0) + 1;
}

function changesOf(change: AliasChange, revision: number | null): readonly Change[] {
  const { model, alias, to, sequence } = change;
  const id = aliasId(model, alias);
  return [
    { entity: "alias", id, expect: revision, value: to === null ? null : { model, alias, version: to } },
    { entity: "aliasChange", id: `${id}#${String(sequence).padStart(8, "0")}`, expect: null, value: change },
  ];
}

function aliasMoved({ model, alias, expect }: AliasMove, found: number | null): MillraceError {
  return new MillraceError({
    code: "ALIAS_MOVED",
    message: `The alias "${model}@${alias}" points to ${versionText(found)}, not to ${versionText(expect ?? null)}.`,
    mend: `Look at what moved it (millrace models history ${model}@${alias}), and decide again.`,
    facts: { model, alias, found },
  });
}

async function aliasNotFound(store: Store, model: string, alias: string): Promise<MillraceError> {
  const aliases = await store.find("alias", {});
  return new MillraceError({
    code: "ALIAS_NOT_FOUND",
    message: `There is no alias "${model}@${alias}".`,
    mend: suggest(`${model}@${alias}`, aliases.map(({ value }) => aliasId(value.model, value.alias))),
    facts: { model, alias },
  });
}

function versionText(version: number | null): string {
  return version === null ? "nothing" : `version ${version}`;
}
