/** A file's text, null where it cannot be read. */
export type ReadText = (path: string) => string | null;

/** What the control groups of a process allow; null: all there is. */
export interface CgroupLimits {
  readonly memoryBytes: number | null;
  readonly cpus: number | null;
}

/** A limit that large is how version 1 writes none. */
const NO_LIMIT = 2 ** 60;

/**
 * The limits of the process's own groups, of version 2 and 1 (cgroups(7)). A group is bound by every group above it, and a container may see its
 * own group as the root of the mount, where the path that the process is told does not exist: the least of all that can be read counts.
 */
export function cgroupLimits(read: ReadText): CgroupLimits {
  const groups = (read("/proc/self/cgroup") ?? "").split("\n").flatMap((line) => {
    const [, controllers, path] = /^\d+:([^:]*):(.*)$/.exec(line.trim()) ?? [];
    return path === undefined ? [] : [{ controllers: controllers!.split(","), path }];
  });
  const values = (controller: string, file: string, unified: string): readonly string[] =>
    groups.flatMap(({ controllers, path }) => {
      const place = controllers.includes(controller) ? { mount: `/sys/fs/cgroup/${controller}`, file } : controllers.includes("") ? { mount: "/sys/fs/cgroup", file: unified } : null;
      return place === null ? [] : upwards(path).flatMap((group) => read(`${place.mount}${group}/${place.file}`) ?? []);
    });
  const memory = values("memory", "memory.limit_in_bytes", "memory.max").map(Number).filter((bytes) => bytes > 0 && bytes < NO_LIMIT);
  const period = values("cpu", "cpu.cfs_period_us", "none");
  const cpus = values("cpu", "cpu.cfs_quota_us", "cpu.max").map((text, index) => {
    const [quota, of = period[index]] = text.trim().split(" ");
    return Number(quota) / Number(of);
  });
  return { memoryBytes: least(memory), cpus: least(cpus.filter((count) => count > 0 && Number.isFinite(count))) };
}

/** `/a/b`, `/a` and the root. */
function upwards(path: string): readonly string[] {
  const names = path.split("/").filter((name) => name !== "");
  return Array.from({ length: names.length + 1 }, (_, up) => names.slice(0, names.length - up).map((name) => `/${name}`).join(""));
}

function least(values: readonly number[]): number | null {
  return values.length === 0 ? null : Math.min(...values);
}
