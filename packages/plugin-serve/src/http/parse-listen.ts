import { MillraceError } from "@millrace/core";

export interface Listen {
  readonly host: string;
  readonly port: number;
  readonly isLoopback: boolean;
}

/** Reads `127.0.0.1:8080`, `[::1]:8080`, `localhost:0` or `:8080` (every address). Throws SERVE_LISTEN. */
export function parseListen(text: string): Listen {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:[\]\s]*)):(\d{1,5})$/i.exec(text);
  const port = Number(match?.[3]);
  if (match === null || port > 65_535) throw new MillraceError({ code: "SERVE_LISTEN", message: `"${text}" is no address to listen at.`, mend: 'Write an address and a port: "127.0.0.1:8080", "[::1]:8080", "0.0.0.0:8080".' });
  const host = match[1] ?? match[2]!;
  return { host: host === "" ? "0.0.0.0" : host, port, isLoopback: host === "localhost" || host === "::1" || /^127\.\d{1,3}\.\d{1,3}\.\d{1,3}$/.test(host) };
}
