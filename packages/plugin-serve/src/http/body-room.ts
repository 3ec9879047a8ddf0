import { overloaded } from "../engine/failures.js";

/** Who holds some of the room: bytes behind the first `FREE_BYTES` of its body. */
export interface Holder {
  held: number;
}

/** Memory for the bodies of all requests that have no answer yet. */
export interface BodyRoom {
  /** Has `holder` hold a body of so many bytes from now on; 0 when it has its answer. Throws SERVE_BUSY where there is no room. */
  hold(holder: Holder, bytes: number): void;
}

/** As much of each body always finds room, so that large ones keep no small one out; `limits.connections` bounds it. */
export const FREE_BYTES = 65_536;

export function createBodyRoom(mostBytes: number): BodyRoom {
  let taken = 0;
  return {
    hold(holder, bytes) {
      const more = Math.max(0, bytes - FREE_BYTES) - holder.held;
      if (more > 0 && taken + more > mostBytes) throw overloaded();
      taken += more;
      holder.held += more;
    },
  };
}
