import { note } from "./reads.js";

/** The environment, which notes who reads it. */
export function watchedEnvironment(environment: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return new Proxy(environment, {
    get(target, name) {
      if (typeof name === "string") note("environment", name);
      return target[name as string];
    },
    has(target, name) {
      if (typeof name === "string") note("environment", name);
      return name in target;
    },
    getOwnPropertyDescriptor(target, name) {
      if (typeof name === "string") note("environment", name);
      return Reflect.getOwnPropertyDescriptor(target, name);
    },
    ownKeys(target) {
      note("environment", "*");
      return Reflect.ownKeys(target);
    },
  });
}
