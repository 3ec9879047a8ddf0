import { describe, expect, it } from "vitest";
import { cgroupLimits } from "./cgroup.js";

const MIB = 2 ** 20;
const limitsOf = (files: Readonly<Record<string, string>>) => cgroupLimits((path) => files[path] ?? null);

describe("the limits of a process's control groups", () => {
  it("are those of its own group and all above it, in version 2", () => {
    expect(
      limitsOf({
        "/proc/self/cgroup": "0::/user/job\n",
        "/sys/fs/cgroup/user/job/memory.max": "max\n",
        "/sys/fs/cgroup/user/job/cpu.max": "max 100000\n",
        "/sys/fs/cgroup/user/memory.max": `${512 * MIB}\n`,
        "/sys/fs/cgroup/user/cpu.max": "150000 100000\n",
      }),
    ).toEqual({ memoryBytes: 512 * MIB, cpus: 1.5 });
  });

  it("are those of its own group and all above it, in version 1", () => {
    expect(
      limitsOf({
        "/proc/self/cgroup": "4:memory:/a/b\n2:cpu,cpuacct:/a\n1:name=systemd:/\n0::/\n",
        "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n",
        "/sys/fs/cgroup/memory/a/memory.limit_in_bytes": `${2048 * MIB}\n`,
        "/sys/fs/cgroup/memory/a/b/memory.limit_in_bytes": `${1024 * MIB}\n`,
        "/sys/fs/cgroup/cpu/cpu.cfs_quota_us": "-1\n",
        "/sys/fs/cgroup/cpu/cpu.cfs_period_us": "100000\n",
        "/sys/fs/cgroup/cpu/a/cpu.cfs_quota_us": "200000\n",
        "/sys/fs/cgroup/cpu/a/cpu.cfs_period_us": "100000\n",
      }),
    ).toEqual({ memoryBytes: 1024 * MIB, cpus: 2 });
  });

  it("are found at the root of the mount, where a container is told a path of its host", () => {
    expect(limitsOf({ "/proc/self/cgroup": "0::/docker/0123\n", "/sys/fs/cgroup/memory.max": `${256 * MIB}\n` }).memoryBytes).toBe(256 * MIB);
    expect(limitsOf({ "/proc/self/cgroup": "4:memory:/docker/0123\n", "/sys/fs/cgroup/memory/memory.limit_in_bytes": `${256 * MIB}\n` }).memoryBytes).toBe(256 * MIB);
  });

  it("are none where nothing limits, or there are no groups", () => {
    expect(limitsOf({})).toEqual({ memoryBytes: null, cpus: null });
    expect(limitsOf({ "/proc/self/cgroup": "0::/\n4:memory:/\n", "/sys/fs/cgroup/memory/memory.limit_in_bytes": "9223372036854771712\n", "/sys/fs/cgroup/cpu.max": "max 100000\n" })).toEqual({ memoryBytes: null, cpus: null });
  });
});
