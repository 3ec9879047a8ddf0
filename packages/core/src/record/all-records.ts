import type { Entities } from "../contracts/entities.js";
import type { Entity, Query, Store, Stored } from "../contracts/store.js";

const PAGE = 1_000;

/** All records of a kind that fit, by id, in pages. What is committed meanwhile may be among them or not. */
export async function allRecords<K extends Entity>(store: Store, entity: K, where: NonNullable<Query<Entities[K]>["where"]> = {}): Promise<readonly Stored<Entities[K]>[]> {
  const all: Stored<Entities[K]>[] = [];
  for (;;) {
    const page = await store.find(entity, { where, limit: PAGE, offset: all.length });
    all.push(...page);
    if (page.length < PAGE) return all;
  }
}
