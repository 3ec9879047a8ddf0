import { MillraceError } from "@millrace/core";
import type { IncomingMessage } from "node:http";
import { findKey, type ApiKey, type Scope } from "./api-keys.js";

/** Who asks, for limits and logs: the name of a key, or an address. Throws SERVE_KEY and SERVE_SCOPE. */
export type Guard = (request: IncomingMessage, scope: Scope | null) => string;

/** `keys` null: whoever reaches the server may read and infer, and nobody is admin. */
export function createGuard(keys: readonly ApiKey[] | null): Guard {
  return (request, scope) => {
    const address = request.socket.remoteAddress ?? "";
    if (scope === null) return address;
    if (keys === null) {
      if (scope === "admin") throw new MillraceError({ code: "SERVE_SCOPE", message: "Admin routes are closed.", mend: "Start the server with API keys (server.auth.keys), one of which has the scope admin." });
      return address;
    }
    const key = findKey(keys, givenKey(request));
    if (key === null) throw new MillraceError({ code: "SERVE_KEY", message: "There is no valid API key in the request.", mend: "Send it in the header Authorization: Bearer <key>, or X-Api-Key." });
    if (!key.scopes.has(scope)) throw new MillraceError({ code: "SERVE_SCOPE", message: `The API key lacks the scope ${scope}.`, mend: `Use a key with the scope ${scope}.` });
    return `key:${key.name}`;
  };
}

function givenKey({ headers }: IncomingMessage): string {
  const bearer = /^Bearer +(.+)$/i.exec(headers.authorization ?? "")?.[1];
  const plain = headers["x-api-key"];
  return bearer ?? (typeof plain === "string" ? plain : "");
}
