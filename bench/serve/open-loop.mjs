// Sends requests at a fixed rate, whether the ones before were answered or not, and prints one line of JSON: how an overloaded server is met in life.
import { readFileSync } from "node:fs";
import { once } from "node:events";
import { connect } from "node:net";

const [url, path, file, rateText, secondsText] = process.argv.slice(2);
const { hostname, port } = new URL(url);
const [rate, seconds] = [Number(rateText), Number(secondsText)];
const requests = readFileSync(file, "utf8").trim().split("\n").map((body) => Buffer.from(`POST ${path} HTTP/1.1\r\nhost: ${hostname}\r\ncontent-type: application/json\r\ncontent-length: ${Buffer.byteLength(body)}\r\n\r\n${body}`));
/** Answers of the first seconds do not count: this process compiles its own code then, and would measure that. */
const WARM_UP_SECONDS = 2;
const MOST = 4_000;
const POOL = 1_000;

const idle = [];
const times = { good: [], refused: [], bad: 0, unsent: 0, late: 0 };
let opened = 0;
let counted = Infinity;

function open() {
  opened++;
  const socket = connect(Number(port), hostname);
  const connection = { socket, due: 0, sent: 0, text: "" };
  socket.setNoDelay(true);
  socket.setEncoding("latin1");
  socket.on("data", (chunk) => {
    connection.text += chunk;
    const end = connection.text.indexOf("\r\n\r\n");
    if (end < 0) return;
    const length = Number(/content-length: (\d+)/i.exec(connection.text.slice(0, end))?.[1] ?? 0);
    if (connection.text.length < end + 4 + length) return;
    const status = Number(connection.text.slice(9, 12));
    const now = performance.now();
    if (status !== 200 && status !== 503) times.bad++;
    else if (connection.due >= counted) (status === 200 ? times.good : times.refused).push(now - (status === 200 ? connection.due : connection.sent));
    connection.text = "";
    idle.push(connection);
  });
  socket.on("error", () => times.bad++);
  return connection;
}

function send(at, due) {
  const connection = idle.pop() ?? (opened < MOST ? open() : null);
  if (connection === null) return void times.unsent++;
  connection.due = due;
  connection.sent = performance.now();
  connection.socket.write(requests[at % requests.length]);
}

// Connections that a pool of clients would have open.
for (let at = 0; at < POOL; at++) idle.push(open());
await Promise.all(idle.map(({ socket }) => once(socket, "connect")));
const started = performance.now();
counted = started + WARM_UP_SECONDS * 1_000;
const until = WARM_UP_SECONDS + seconds;
let sent = 0;
await new Promise((resolve) => {
  const tick = () => {
    const elapsed = performance.now() - started;
    const due = Math.min(rate * until, Math.floor((elapsed * rate) / 1_000));
    for (; sent < due; sent++) send(sent, started + (sent * 1_000) / rate);
    // A millisecond apart: what spins would take the processor from the server.
    if (elapsed < until * 1_000) setTimeout(tick, 1);
    else setTimeout(resolve, 1_000);
  };
  tick();
});
const share = (list, part) => {
  const sorted = [...list].sort((left, right) => left - right);
  return sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(part * sorted.length))];
};
console.log(JSON.stringify({ good: times.good.length / seconds, p50: share(times.good, 0.5), p99: share(times.good, 0.99), refused: times.refused.length / seconds, refusedP50: share(times.refused, 0.5), refusedP99: share(times.refused, 0.99), bad: times.bad, unsent: times.unsent }));
process.exit(0);
