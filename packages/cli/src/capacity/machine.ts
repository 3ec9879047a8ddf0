import { availableParallelism, loadavg } from "node:os";

/** What a measurement shares its machine with. */
export interface Machine {
  readonly cores: number;
  /** Processes that ran or waited to run, on average over the last minute; 0 where the system does not tell. */
  readonly load: number;
  /** So much else goes on that the figures are lower than they would be. */
  readonly isBusy: boolean;
}

const BUSY_SHARE = 0.3;

/** Looked at before the measurement, which is a load itself. */
export function machineNow(cores = availableParallelism(), load = loadavg()[0]!): Machine {
  return { cores, load: Math.round(load * 10) / 10, isBusy: load > BUSY_SHARE * cores };
}
