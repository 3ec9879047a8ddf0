// pnpm run packages: packs every package as it would be published, and holds it against publint and attw, and against a few rules of our own. No network.
import { execFile } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const root = fileURLToPath(new URL("../", import.meta.url));
const bin = (name) => join(root, "node_modules/.bin", name);
const run = promisify(execFile);

/** What a command says, whether it ended well or not. */
async function said(command, args, options) {
  try {
    const { stdout } = await run(command, args, options);
    return { isRight: true, text: stdout };
  } catch (error) {
    return { isRight: false, text: `${error.stdout ?? ""}${error.stderr ?? ""}` || error.message };
  }
}

/** The pnpm that runs this script packs, since it replaces `workspace:` by versions. */
async function pack(folder, to) {
  const { npm_execpath: runner } = process.env;
  const [command, first] = runner?.includes("pnpm") ? (/\.[mc]?js$/.test(runner) ? [process.execPath, [runner]] : [runner, []]) : ["npx", ["--yes", "pnpm@10.34.8"]];
  const packed = await said(command, [...first, "pack", "--pack-destination", to], { cwd: folder, env: { ...process.env, npm_config_ignore_scripts: "true" } });
  if (!packed.isRight) throw new Error(`pnpm pack failed in ${folder}:\n${packed.text}`);
  return join(to, readdirSync(to)[0]);
}

/** What our own rules say of a packed package. */
async function ownComplaints(tarball, doors) {
  const files = (await run("tar", ["-tzf", tarball])).stdout.trim().split("\n");
  const manifest = JSON.parse((await run("tar", ["-xzOf", tarball, "package/package.json"])).stdout);
  const needed = ["package/README.md", ...doors.flatMap((door) => Object.values(door)).map((file) => `package/${file.replace(/^\.\//, "")}`), ...Object.values(manifest.bin ?? {}).map((file) => `package/${file.replace(/^\.\//, "")}`)];
  const ranges = Object.entries({ ...manifest.dependencies, ...manifest.peerDependencies, ...manifest.optionalDependencies });
  return [
    ...needed.filter((file) => !files.includes(file)).map((file) => `${file} is missing`),
    ...files.filter((file) => /\.test\.(?:js|d\.ts)|\.tsbuildinfo$|^package\/src\/|^package\/fixtures\//.test(file)).map((file) => `${file} should not be published`),
    ...ranges.filter(([, range]) => range.startsWith("workspace:")).map(([name, range]) => `depends on ${name} by ${range}`),
    ...["description", "license", "engines"].filter((key) => manifest[key] === undefined).map((key) => `package.json has no ${key}`),
  ];
}

async function complaintsOf(name) {
  const folder = join(root, "packages", name);
  const doors = Object.values(JSON.parse(readFileSync(join(folder, "package.json"), "utf8")).exports ?? {}).filter((door) => typeof door === "object");
  const scratch = mkdtempSync(join(tmpdir(), "millrace-pack-"));
  try {
    const tarball = await pack(folder, scratch);
    const publint = await said(bin("publint"), ["run", tarball, "--strict"]);
    // Only modules: neither `require` of them nor the resolution of Node 10 is promised.
    const attw = await said(bin("attw"), [tarball, "--profile", "esm-only", "--no-emoji", "--no-color", "--format", "ascii"]);
    return [...(publint.isRight ? [] : [`publint:\n${publint.text}`]), ...(attw.isRight ? [] : [`attw:\n${attw.text}`]), ...(await ownComplaints(tarball, doors))];
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

const chosen = process.argv.slice(2).filter((name) => !name.startsWith("-"));
let failed = 0;
for (const name of chosen.length > 0 ? chosen : readdirSync(join(root, "packages")).sort()) {
  const complaints = await complaintsOf(name);
  failed += complaints.length;
  for (const complaint of complaints) console.error(`packages/${name}: ${complaint}`);
}
if (failed === 0) console.log("every package packs as it should");
process.exitCode = failed === 0 ? 0 : 1;
