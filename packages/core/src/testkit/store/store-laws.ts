import type { Law } from "../law.js";
import { commitLaws } from "./commit-laws.js";
import { findLaws } from "./find-laws.js";
import type { StorePlace } from "./store-place.js";
import { valueLaws } from "./value-laws.js";
import { watchLaws } from "./watch-laws.js";

export interface StoreCase {
  /** Makes an empty place; each law gets its own. */
  create(): Promise<StorePlace>;
}

/** All that a store promises, a sentence each. */
export const storeLaws: readonly Law<StoreCase>[] = [...commitLaws, ...valueLaws, ...findLaws, ...watchLaws].map(({ name, check }) => ({
  name,
  async check({ create }) {
    const place = await create();
    try {
      await check(place);
    } finally {
      await place.remove();
    }
  },
}));
