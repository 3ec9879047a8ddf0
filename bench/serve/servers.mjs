import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { fileURLToPath } from "node:url";
import { command } from "../pipeline/project.mjs";

const here = (name) => fileURLToPath(new URL(name, import.meta.url));
const PYTHON = "/usr/bin/python3";

/** Starts a program and waits until what it prints matches; `stop` ends it. */
async function started(file, args, ready, options = {}) {
  const child = spawn(file, args, { stdio: ["ignore", "pipe", "pipe"], ...options });
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text) => (errors = `${errors}${text}`.slice(-2_000)));
  const gone = once(child, "close");
  const found = await new Promise((resolve, reject) => {
    let out = "";
    child.on("error", reject);
    child.stdout.setEncoding("utf8").on("data", (text) => {
      out += text;
      const match = ready.exec(out);
      if (match !== null) resolve(match);
    });
    child.on("close", (code) => reject(new Error(`${args.join(" ")} ended with ${code}: ${errors}`)));
  });
  return {
    found,
    pid: child.pid,
    async stop() {
      child.kill("SIGTERM");
      await gone;
    },
  };
}

export async function startOurs(folder, ...more) {
  const server = await started(process.execPath, [command, "serve", "--listen", "127.0.0.1:0", "--json", ...more], /"url":"([^"]+)"/, { cwd: folder });
  return { ...server, url: server.found[1] };
}

/** hono on @hono/node-server: parses the same JSON and writes an answer of the same form, without a model; GET / says hello. */
export async function startHono(answer) {
  const server = await started(process.execPath, [here("hono.mjs"), answer], /(http:\S+)/);
  return { ...server, url: server.found[1] };
}

/** node:http that reads the body of a request and writes the same answer each time. */
export async function startBare(answer) {
  const server = await started(process.execPath, [here("bare.mjs"), answer], /(http:\S+)/);
  return { ...server, url: server.found[1] };
}

/** FastAPI and uvicorn with a model of 100 trees of 31 leaves; `{ absent }` where Python or a package is not there. */
export async function startFastApi(engine) {
  const port = await freePort();
  try {
    const server = await started(PYTHON, [here("fastapi_peer.py"), engine, String(port)], /ready/, { env: { ...process.env, OMP_NUM_THREADS: "1" } });
    const url = `http://127.0.0.1:${port}`;
    await answers(url);
    return { ...server, url };
  } catch (error) {
    return { absent: error.message.trim().split("\n").at(-1).slice(0, 120) };
  }
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}

/** uvicorn listens a moment after it was told to. */
async function answers(url) {
  for (let tries = 0; tries < 100; tries++) {
    if (await fetch(url).then(({ ok }) => ok, () => false)) return;
    await new Promise((resolve) => setTimeout(resolve, 100));
  }
  throw new Error(`${url} does not answer`);
}
