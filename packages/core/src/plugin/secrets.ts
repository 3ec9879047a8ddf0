import type { Log } from "../contracts/plugin.js";
import { expandReferences, type ReferenceScope } from "./reference.js";

/** Shorter texts stand in too many others to be hidden wherever they do. */
const SHORTEST = 4;
const HIDDEN = "***";

/** What this process has ever put in the place of a secret's reference, in every spelling in which it may come out. */
const known = new Set<string>();

/** The value of a secret; from now on it is hidden in all that this process writes. Throws as expandReferences does. */
export function revealSecret(text: string, scope: ReferenceScope): string {
  const secret = expandReferences(text, scope);
  for (const part of [secret, ...passwordsOf(secret)]) for (const spelling of [part, encodeURIComponent(part), JSON.stringify(part).slice(1, -1)]) if (spelling.length >= SHORTEST) known.add(spelling);
  return secret;
}

/** Drivers name the parts of an address, and hide none. */
function passwordsOf(secret: string): readonly string[] {
  if (!URL.canParse(secret)) return [];
  const { password } = new URL(secret);
  return password === "" ? [] : [password, decodeURIComponent(password)];
}

/** A text with every secret that this process knows hidden. */
export function hideSecrets(text: string): string {
  // A longer one first: it may hold a shorter.
  return [...known].sort((left, right) => right.length - left.length).reduce((hidden, secret) => hidden.replaceAll(secret, HIDDEN), text);
}

/** The same in all texts of a value; errors are copied with what they say. */
export function hideSecretsIn<T>(value: T): T {
  return known.size === 0 ? value : (hiddenIn(value) as T);
}

function hiddenIn(value: unknown): unknown {
  if (typeof value === "string") return hideSecrets(value);
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(hiddenIn);
  const members = Object.fromEntries(Object.entries(value).map(([key, member]) => [key, hiddenIn(member)]));
  if (!(value instanceof Error)) return members;
  return Object.assign(new Error(hideSecrets(value.message), value.cause === undefined ? {} : { cause: hiddenIn(value.cause) }), members, { name: value.name, stack: hideSecrets(value.stack ?? "") });
}

/** A log that no secret reaches. */
export function hidingLog(log: Log): Log {
  const at = (level: keyof Log) => (facts: object, message: string) => log[level](hideSecretsIn(facts), hideSecrets(message));
  return { debug: at("debug"), info: at("info"), warn: at("warn"), error: at("error") };
}
