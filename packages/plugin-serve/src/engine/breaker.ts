/** Refuses requests of a model that fails again and again, so that what is broken is not asked at full rate. */
export interface Breaker {
  /** Whether a request may go through; while the breaker is half open, one at a time. */
  admits(): boolean;
  succeeded(): void;
  failed(): void;
  /** Neither: what was admitted came to no verdict. */
  released(): void;
  isOpen(): boolean;
}

/** So many failures without a success between open it: one client's bad rows among good ones do not. */
const FAILURES = 10;
const PAUSE_MS = 5_000;
const LONGEST_PAUSE_MS = 300_000;

/** `now` in milliseconds. Each time that it opens again the pause is doubled. */
export function createBreaker(now: () => number): Breaker {
  let failures = 0;
  let opened = 0;
  let until = 0;
  let isProbing = false;
  return {
    isOpen: () => failures >= FAILURES && now() < until,
    admits() {
      if (failures < FAILURES) return true;
      if (now() < until || isProbing) return false;
      isProbing = true;
      return true;
    },
    succeeded() {
      failures = 0;
      opened = 0;
      isProbing = false;
    },
    released() {
      isProbing = false;
    },
    failed() {
      failures++;
      isProbing = false;
      if (failures < FAILURES) return;
      until = now() + Math.min(PAUSE_MS * 2 ** opened, LONGEST_PAUSE_MS);
      opened++;
    },
  };
}
