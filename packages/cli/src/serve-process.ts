import { spawn } from "node:child_process";
import { fileURLToPath } from "node:url";
import { MillraceError } from "@millrace/core";

/** A server of this command in a process of its own; disposing of it ends it. */
export interface ServeProcess extends AsyncDisposable {
  readonly url: string;
  readonly pid: number;
}

const BIN = fileURLToPath(new URL("./bin.js", import.meta.url));

/** Starts `millrace serve` for one version, at a free port of loopback. Throws SERVE_LOAD where it ends before it answers. */
export async function startServeProcess(folder: string, ref: string, env: Readonly<Record<string, string>>, signal: AbortSignal): Promise<ServeProcess> {
  const child = spawn(process.execPath, [BIN, "serve", ref, "--listen", "127.0.0.1:0", "--json"], { cwd: folder, env: { ...process.env, ...env }, stdio: ["ignore", "pipe", "pipe"], signal });
  const ended = new Promise((resolve) => child.on("close", resolve));
  let errors = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (errors = `${errors}${text}`.slice(-4_000)));
  const url = await new Promise<string>((resolve, reject) => {
    let out = "";
    child.on("error", reject);
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      out += text;
      const found = /"url":"([^"]+)"/.exec(out)?.[1];
      if (found !== undefined) resolve(found);
    });
    child.on("close", (code) => reject(new MillraceError({ code: "SERVE_LOAD", message: `The server for ${ref} ended with ${code}:\n${errors}`, mend: `See what it says: millrace serve ${ref}` })));
  }).catch(async (error: unknown) => {
    // One that was told to stop while it started still writes.
    child.kill("SIGKILL");
    await ended;
    throw error;
  });
  return {
    url,
    pid: child.pid!,
    async [Symbol.asyncDispose]() {
      child.kill("SIGTERM");
      await ended;
    },
  };
}
