// Sends requests at a fixed rate, whether the ones before were answered or not, and prints one line of JSON: how a server is met in life.
// Latencies of answers count from the moment at which a request was due, not from that at which it was sent: what waits is not left out. Those of
// refusals count from sending: they say how soon a server speaks.
import { once } from "node:events";
import { readFileSync } from "node:fs";
import { connect } from "node:net";
import { constants, setPriority } from "node:os";
import { PerformanceObserver } from "node:perf_hooks";

const [url, path, file, rateText, secondsText] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const [rate, seconds] = [Number(rateText), Number(secondsText)];
const requests = readFileSync(file, "utf8").trim().split("\n").map((body) => Buffer.from(`POST ${path} HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`));
/** Answers of the first seconds do not count: this process compiles its own code then, and would measure that. */
const WARM_UP_SECONDS = 2;
const DRAIN_MS = 1_500;
/** Connections that a pool of clients would have open, and how many they become where all wait. */
const POOL = 1_000;
const MOST = 4_000;
/** Connections that are tried at once before the load begins. */
const AT_ONCE = 50;
/**
 * Between two looks at the clock and the sockets this process sleeps so long, in milliseconds: a timer of Node sleeps ten times as long and
 * sends a burst then, and what never sleeps takes a processor from the server's helpers.
 */
const NAP_MS = 0.1;

const interval = 1_000 / rate;
const all = Math.round(rate * (WARM_UP_SECONDS + seconds));
/** Room for every request from the beginning, so that the collector of garbage has next to nothing to do. */
const times = () => ({ values: new Float32Array(all), length: 0 });
const [good, refused, late] = [times(), times(), times()];
const idle = [];
const pauses = [];
let [opened, bad, unsent] = [0, 0, 0];
/** When the load began, and from when on it counts. */
let [started, counted] = [0, Infinity];
/** Hears of each answer. */
let answered = () => {};

function add(list, value) {
  list.values[list.length++] = value;
}

const HEAD_END = Buffer.from("\r\n\r\n");
const LENGTH = Buffer.from("content-length: ");
/** All connections read into the same bytes, one after the other. */
const bytes = Buffer.allocUnsafeSlow(2 ** 18);

function open() {
  opened++;
  const connection = { socket: null, due: 0, sent: 0, status: 0, left: 0 };
  const callback = (length) => {
    if (connection.left > 0) connection.left -= length;
    else begin(connection, bytes.subarray(0, length));
    if (connection.left === 0) ended(connection);
    return true;
  };
  connection.socket = connect({ host: hostname, port: Number(port), noDelay: true, onread: { buffer: bytes, callback } });
  connection.socket.on("error", () => bad++);
  return connection;
}

/** Servers write a head at once; one that does not counts as bad. */
function begin(connection, chunk) {
  const end = chunk.indexOf(HEAD_END);
  const at = chunk.indexOf(LENGTH);
  if (end < 0 || at < 0 || at > end) return void bad++;
  let size = 0;
  for (let digit = at + LENGTH.length; chunk[digit] !== 13; digit++) size = 10 * size + chunk[digit] - 48;
  connection.status = 100 * (chunk[9] - 48) + 10 * (chunk[10] - 48) + chunk[11] - 48;
  connection.left = end + HEAD_END.length + size - chunk.length;
}

function ended(connection) {
  const { status, due, sent } = connection;
  if (status !== 200 && status !== 503) bad++;
  else if (due >= counted && status === 200) add(good, performance.now() - due);
  else if (due >= counted) add(refused, performance.now() - sent);
  idle.push(connection);
  answered();
}

function send(at, due) {
  const connection = idle.pop() ?? (opened < MOST ? open() : null);
  const now = performance.now();
  if (due >= counted) add(late, now - due);
  if (connection === null) {
    // Nobody was there to be answered: later than all that were.
    unsent++;
    if (due >= counted) add(good, seconds * 1_000);
    return;
  }
  connection.due = due;
  connection.sent = now;
  connection.socket.write(requests[at % requests.length]);
}

/** One answer by each connection: a server accepts them one by one, long after the system did. */
async function connected() {
  const fresh = Array.from({ length: POOL }, open);
  await Promise.all(fresh.map(({ socket }) => once(socket, "connect")));
  await new Promise((resolve) => {
    const next = () => {
      const connection = fresh.pop();
      if (connection !== undefined) connection.socket.write(requests[fresh.length % requests.length]);
      else if (idle.length === POOL) resolve();
    };
    answered = next;
    for (let at = 0; at < AT_ONCE; at++) next();
  });
  answered = () => {};
}

function load() {
  const cell = new Int32Array(new SharedArrayBuffer(4));
  const end = started + (WARM_UP_SECONDS + seconds) * 1_000;
  let sent = 0;
  const due = () => started + sent * interval;
  return new Promise((resolve) => {
    const turn = () => {
      for (; sent < all && due() <= performance.now(); sent++) send(sent, due());
      if (performance.now() >= end) return void setTimeout(resolve, DRAIN_MS);
      const nap = Math.min(NAP_MS, due() - performance.now());
      if (nap > 0) Atomics.wait(cell, 0, 0, nap);
      setImmediate(turn);
    };
    turn();
  });
}

function share({ values, length }, part) {
  return length === 0 ? 0 : values[Math.min(length - 1, Math.floor(part * length))];
}

// In life the load comes from a machine of its own: where the system allows it, it waits behind none of the server's threads for a core.
try {
  setPriority(constants.priority.PRIORITY_HIGH);
} catch {}
await connected();
new PerformanceObserver((list) => list.getEntries().forEach(({ startTime, duration }) => startTime >= counted && pauses.push(duration))).observe({ entryTypes: ["gc"] });
started = performance.now();
counted = started + WARM_UP_SECONDS * 1_000;
await load();
for (const list of [good, refused, late]) list.values.subarray(0, list.length).sort();
console.log(JSON.stringify({ good: (good.length - Math.min(unsent, good.length)) / seconds, p50: share(good, 0.5), p99: share(good, 0.99), refused: refused.length / seconds, refusedP50: share(refused, 0.5), refusedP99: share(refused, 0.99), lateP99: share(late, 0.99), pause: Math.max(0, ...pauses), bad, unsent }));
process.exit(0);
