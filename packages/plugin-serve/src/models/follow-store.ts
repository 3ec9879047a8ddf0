import type { AliasRecord, Log, ModelVersion, Store } from "@millrace/core";
import type { Catalogue } from "./wanted.js";

/** How often the store is asked: a moved alias is seen within a second. */
const INTERVAL_MS = 400;
/** How long a store that does not answer is left alone, at most. */
const LONGEST_PAUSE_MS = 10_000;

export interface FollowParts {
  readonly log: Log;
  openStore(): Promise<Store>;
  /** With the first catalogue, and each that differs from the one before. */
  changed(catalogue: Catalogue): Promise<void>;
  reachable(isReachable: boolean): void;
}

export interface Follower extends AsyncDisposable {
  /** Resolves behind the first look at the store, whether it answered or not. */
  readonly first: Promise<void>;
}

/** Looks at the store's versions and aliases again and again. A store that is gone is tried again, and what was seen last stays. */
export function followStore({ log, openStore, changed, reachable }: FollowParts): Follower {
  let store: Store | null = null;
  let seen = "";
  let failures = 0;
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  async function look(): Promise<void> {
    try {
      store ??= await openStore();
      const catalogue = await readCatalogue(store);
      if (failures > 0) log.info({}, "the store answers again");
      failures = 0;
      reachable(true);
      const text = JSON.stringify(catalogue);
      if (text === seen) return;
      await changed(catalogue);
      seen = text;
    } catch (error) {
      if (failures++ === 0) log.error({ err: error }, "the store does not answer; what is loaded is served on");
      reachable(false);
      await close();
    }
  }
  async function close(): Promise<void> {
    const old = store;
    store = null;
    try {
      await old?.[Symbol.asyncDispose]();
    } catch (error) {
      log.warn({ err: error }, "the store did not close");
    }
  }
  let looking = look();
  const again = (): void => {
    if (closed) return;
    timer = setTimeout(() => (looking = look().then(again)), Math.min(INTERVAL_MS * 2 ** Math.min(failures, 10), LONGEST_PAUSE_MS));
  };
  const first = looking;
  looking = looking.then(again);
  return {
    first,
    async [Symbol.asyncDispose]() {
      closed = true;
      clearTimeout(timer);
      await looking;
      await close();
    },
  };
}

const PAGE = 1_000;

async function readCatalogue(store: Store): Promise<Catalogue> {
  const versions = await all<ModelVersion>((offset) => store.find("model", { limit: PAGE, offset }));
  const aliases = await all<AliasRecord>((offset) => store.find("alias", { limit: PAGE, offset }));
  return { versions, aliases };
}

async function all<T>(page: (offset: number) => Promise<readonly { readonly value: T }[]>): Promise<readonly T[]> {
  const values: T[] = [];
  for (;;) {
    const found = await page(values.length);
    values.push(...found.map(({ value }) => value));
    if (found.length < PAGE) return values;
  }
}
