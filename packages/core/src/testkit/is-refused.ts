import type { Support } from "../contracts/support.js";

/** Whether something is not supported. Throws where the reason is no sentence. */
export function isRefused(support: Support): boolean {
  if (support === true) return false;
  if (/^[A-Z`"'].{10,}\.$/s.test(support.because)) return true;
  throw new Error(`what is not supported has a reason, a sentence; this one is "${support.because}"`);
}
