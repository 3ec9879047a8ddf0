import type { RunRecord, Store } from "@millrace/core";

/** What a run registered, as its register tasks tell. */
export interface Registered {
  readonly model: string;
  readonly version: number;
  readonly gates: "passed" | "failed";
  /** Aliases that point to the version now: a person may have moved one since a task that was reused. */
  readonly aliases: readonly string[];
  /** The version that the config's alias points to where it is another than this one; null where it is this one, or there is none. */
  readonly elsewhere: { readonly alias: string; readonly version: number } | null;
  /** A sentence for each gate that failed. */
  readonly failed: readonly string[];
}

type Summary = Omit<Registered, "aliases" | "elsewhere"> & { readonly alias: string | null };

export async function registeredIn(record: RunRecord, store: Store): Promise<readonly Registered[]> {
  const summaries = record.tasks.flatMap(({ step, status, summary }) => (step === "register" && (status === "succeeded" || status === "reused") ? [summary as unknown as Summary] : []));
  return Promise.all(
    summaries.map(async ({ model, version, gates, failed, alias }) => {
      const aliases = await store.find("alias", { where: { model, version } });
      const pointer = alias === null ? null : await store.get("alias", `${model}@${alias}`);
      const elsewhere = pointer === null || pointer.value.version === version ? null : { alias: pointer.value.alias, version: pointer.value.version };
      return { model, version, gates, aliases: aliases.map(({ value }) => value.alias), elsewhere, failed };
    }),
  );
}
