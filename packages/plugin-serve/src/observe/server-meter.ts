import { add } from "./model-meter.js";

/** What is counted of the server as a whole. */
export interface ServerMeter {
  /** Requests that reached no model, by code. */
  readonly refused: ReadonlyMap<string, number>;
  refuse(code: string): void;
  storeUp(): boolean;
  setStoreUp(isUp: boolean): void;
}

export function createServerMeter(): ServerMeter {
  const refused = new Map<string, number>();
  let isStoreUp = false;
  return {
    refused,
    refuse: (code) => add(refused, code),
    storeUp: () => isStoreUp,
    setStoreUp: (isUp) => void (isStoreUp = isUp),
  };
}
