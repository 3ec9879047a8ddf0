/**
 * What a module of the user's exports, in TypeScript or JavaScript, as a config is loaded: for the files that options marked `module` name. Throws CONFIG_SYNTAX
 * and CONFIG_SCRIPT.
 */
export async function importModule(file: string): Promise<Readonly<Record<string, unknown>>> {
  return (await import("./read-script.js")).exportsOf(file, {});
}
