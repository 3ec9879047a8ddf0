/** Exit codes: what scripts can trust. */
export const EXIT = { ok: 0, failed: 1, usage: 2, data: 3, gate: 4, interrupted: 130 } as const;
