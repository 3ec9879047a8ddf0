import { MillraceError, type AliasRecord, type Log, type ModelVersion, type Store } from "@millrace/core";
import type { Catalogue } from "./wanted.js";

/** How often the store is asked: a moved alias is seen within a second. */
const INTERVAL_MS = 400;
/** How long a store that does not answer is left alone, at most. */
const LONGEST_PAUSE_MS = 10_000;
/** After so many looks a version that could not be loaded is tried again, and then after twice as many, up to the last. */
const FIRST_RETRY = 5;
const LAST_RETRY = 150;

export interface FollowParts {
  readonly log: Log;
  openStore(): Promise<Store>;
  /** With the first catalogue, each that differs from the one before, and again, later each time, while `isUnsettled`. */
  changed(catalogue: Catalogue): Promise<void>;
  isUnsettled(): boolean;
  /** Whether there was a time when the store had versions. */
  hadVersions(): Promise<boolean>;
  /** Whether the store answered; waited for where it did not. */
  reachable(isReachable: boolean): Promise<void> | void;
}

export interface Follower extends AsyncDisposable {
  /** Resolves behind the first look at the store and what came of it, whether it answered or not. */
  readonly first: Promise<void>;
}

/** Looks at the store's versions and aliases again and again. A store that is gone is tried again, and what was seen last stays. */
export function followStore({ log, openStore, changed, isUnsettled, hadVersions, reachable }: FollowParts): Follower {
  let store: Store | null = null;
  let seen = "";
  let failures = 0;
  let looks = 0;
  let nextTry = 0;
  let changing: Promise<void> = Promise.resolve();
  let timer: NodeJS.Timeout | undefined;
  let closed = false;

  async function look(): Promise<void> {
    try {
      store ??= await openStore();
      const catalogue = await readCatalogue(store);
      if (failures > 0) log.info({}, "the store answers again");
      failures = 0;
      if (catalogue.versions.length === 0 && (await hadVersions())) throw emptied();
      await reachable(true);
      const text = JSON.stringify(catalogue);
      if (text !== seen) looks = 0;
      else if (!isUnsettled() || ++looks < nextTry) return;
      nextTry = looks === 0 ? FIRST_RETRY : Math.min(2 * nextTry, LAST_RETRY);
      looks = 0;
      seen = text;
      // Not waited for: a model that takes long to load keeps no alias of another from moving.
      changing = changed(catalogue).catch((error: unknown) => log.error({ err: error }, "what the store holds cannot be served"));
    } catch (error) {
      if (failures++ === 0) log.error({ err: error }, "the store does not answer; what is loaded is served on");
      await close();
      await reachable(false);
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
  const first = looking.then(() => changing);
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

/** Versions are never all removed: a store without any is another one, which was made in the place of one that is gone. */
function emptied(): MillraceError {
  return new MillraceError({ code: "SERVE_STORE_EMPTY", message: "The store holds no version of any model, and did before.", mend: "Restore the store, or remove the server's cache to begin anew." });
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
