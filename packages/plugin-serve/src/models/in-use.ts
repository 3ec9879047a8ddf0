/** The requests that a model has been found for and that have no answer yet: until the last of them, it must not close. */
export interface InUse {
  /** Does the work of a request. */
  during<T>(work: () => Promise<T>): Promise<T>;
  /** Resolves when nobody uses the model; what begins later, nobody waits for. */
  ended(): Promise<void>;
}

export function inUse(): InUse {
  let users = 0;
  let left: (() => void)[] = [];
  return {
    async during(work) {
      users++;
      try {
        return await work();
      } finally {
        users--;
        if (users === 0) {
          const waiting = left;
          left = [];
          for (const resolve of waiting) resolve();
        }
      }
    },
    ended: () => (users === 0 ? Promise.resolve() : new Promise((resolve) => left.push(resolve))),
  };
}
