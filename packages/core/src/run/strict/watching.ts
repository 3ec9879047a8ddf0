import { syncBuiltinESMExports } from "node:module";
import { watchedEnvironment } from "./watched-environment.js";
import { watchFiles } from "./watched-files.js";

let watchers = 0;
let restore = (): void => {};

/** Watches the environment and the file system of this thread until it is disposed of; several at once share it. */
export function watchReads(): Disposable {
  if (watchers++ === 0) restore = install();
  return {
    [Symbol.dispose]() {
      if (--watchers === 0) restore();
    },
  };
}

function install(): () => void {
  const environment = process.env;
  process.env = watchedEnvironment(environment);
  const unwatchFiles = watchFiles();
  // So that `import { readFile } from "node:fs"` of modules that were loaded before sees it too.
  syncBuiltinESMExports();
  return () => {
    process.env = environment;
    unwatchFiles();
    syncBuiltinESMExports();
  };
}
