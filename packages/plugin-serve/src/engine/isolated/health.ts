/** How often in a row a worker was lost before any batch succeeded; pure. */
export interface WorkerHealth {
  readonly losses: number;
  /** How often it was given up. */
  readonly ejections: number;
}

export const HEALTHY: WorkerHealth = { losses: 0, ejections: 0 };

/** So many losses in a row are a crash loop. */
export const CRASH_LOOP = 5;
const LONGEST_BACKOFF_MS = 10_000;
/** As Envoy's outlier detection: 30 s times the ejections, 300 s at most. */
const EJECTION_MS = 30_000;
const LONGEST_EJECTION_MS = 300_000;

export function afterLoss({ losses, ejections }: WorkerHealth): WorkerHealth {
  return losses + 1 >= CRASH_LOOP ? { losses: 0, ejections: ejections + 1 } : { losses: losses + 1, ejections };
}

/** Whether the last loss made it a crash loop. */
export function isEjected({ losses, ejections }: WorkerHealth): boolean {
  return losses === 0 && ejections > 0;
}

/** Milliseconds until the next start. The first one is at once. */
export function pauseBefore(health: WorkerHealth): number {
  if (isEjected(health)) return Math.min(EJECTION_MS * health.ejections, LONGEST_EJECTION_MS);
  return health.losses <= 1 ? 0 : Math.min(100 * 2 ** (health.losses - 2), LONGEST_BACKOFF_MS);
}
