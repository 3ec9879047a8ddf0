import { z } from "zod";
import { BYTES } from "./bytes.js";
import { DURATION } from "./duration.js";

const bytes = () => z.string().regex(BYTES, 'must be a size such as "8MiB"');
const time = () => z.string().regex(DURATION, 'must be a duration such as "200ms"').refine((text) => !/\d(?:mo|y)$/.test(text), "must not count months or years");

const limits = z.strictObject({
  body: bytes().default("8MiB").describe("Longest body of a request, before and behind decompression."),
  bodies: bytes().default("256MiB").describe("Most bytes of the bodies of all requests that have no answer yet, each counted behind its first 64 KiB; what finds no room is refused at once."),
  rows: z.int().min(1).default(10_000).describe("Most rows of one request."),
  depth: z.int().min(4).max(1_000).default(32).describe("Deepest nesting of a JSON body."),
  header: bytes().default("16KiB").describe("Longest head of a request: its first line and headers."),
  headerTime: time().default("10s").describe("Longest time for a connection to send the head of a request."),
  requestTime: time().default("30s").describe("Longest time for a connection to send a whole request."),
  idleTime: time().default("60s").describe("How long a connection may wait for its next request."),
  connections: z.int().min(1).default(10_000).describe("Most connections at once."),
  queue: z.int().min(1).default(1_024).describe("Most requests of one model that wait or run; beyond it they are refused at once."),
  wait: time().default("1s").describe("While the oldest request has waited longer than this, new ones are refused at once."),
  deadline: time().default("5s").describe("Longest time from a request's head to its answer; what takes longer is ended."),
  rate: z.number().min(0).default(0).describe("Requests a second of one client (an API key, or an address); 0: any number."),
  burst: z.int().min(1).default(100).describe("Requests that one client may send at once, where there is a rate."),
  drain: time().default("30s").describe("Longest time that requests in flight get to end when the server is told to stop."),
});

const engine = z.strictObject({
  cost: time().default("5ms").describe("A model runs in the server's own process while 64 rows take it less time than this, as measured when it is loaded; others run in a process of their own."),
  size: bytes().default("64MiB").describe("Longest model file that runs in the server's own process."),
  workers: z.int().min(1).max(64).default(1).describe("Processes for each model that does not run in the server's own."),
});

/** How models are served. */
export const serverSchema = z.strictObject({
  listen: z.string().default("127.0.0.1:8080").describe("Address and port to listen at. Any address but loopback needs `auth`."),
  models: z.array(z.string()).default([]).describe("What is served: `delays@champion`, `delays@3`, or `delays` for all its aliases and its newest version that passed. Empty: every model."),
  auth: z
    .strictObject({ keys: z.string().optional().meta({ secret: true }).describe("API keys, one a line: a name, scopes (read, infer, admin) with commas between, and the key or `sha256:` and its digest.") })
    .prefault({})
    .describe("Who may ask. Without keys the server listens on loopback only, and its admin routes are closed."),
  limits: limits.prefault({}).describe("Bounds of all that clients send."),
  inputs: z
    .record(z.string(), z.enum(["refuse", "missing", "flag"]))
    .default({})
    .describe("By column, what happens to a value of the wrong type, outside the range or not seen in training: the request is refused, or the value passes as missing, or it is flagged in the answer. Without a word: wrong types are refused, ranges flagged, and unseen categories pass."),
  unknown: z.enum(["refuse", "ignore"]).default("refuse").describe("What happens to a request whose rows have columns that the model does not take."),
  numbers: z.enum(["null", "text", "error"]).default("null").describe("How NaN and infinities are written in JSON: as null, as the texts NaN, Infinity and -Infinity (which are then read, too), or not at all: the request fails."),
  log: z.enum(["failures", "requests"]).default("failures").describe("Which requests have a line in the log: those that fail by the server's fault, or all. No line holds a row or a value."),
  engine: engine.prefault({}).describe("Where models run."),
});

export type ServerConfig = z.output<typeof serverSchema>;
