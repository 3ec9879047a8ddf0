import { describe, expect, it } from "vitest";
import { createHistogram, observe } from "./histogram.js";
import { metricsText } from "./metrics-text.js";
import { nextTraceparent, parseTraceparent } from "./trace-context.js";

describe("metrics", () => {
  it("are written as Prometheus reads them", () => {
    const histogram = createHistogram([0.1, 1]);
    for (const value of [0.05, 0.1, 0.5, 2]) observe(histogram, value);
    expect(metricsText([
      { type: "counter", name: "a_total", help: "Back\\slash and\nline.", samples: [{ labels: { x: 'q"\\\n', y: 1 }, value: 3 }] },
      { type: "gauge", name: "b", help: "B.", samples: [{ labels: {}, value: Infinity }] },
      { type: "gauge", name: "c", help: "None.", samples: [] },
      { type: "histogram", name: "d", help: "D.", samples: [{ labels: { m: "x" }, value: histogram }] },
    ])).toBe(
      '# HELP a_total Back\\\\slash and\\nline.\n# TYPE a_total counter\na_total{x="q\\"\\\\\\n",y="1"} 3\n# HELP b B.\n# TYPE b gauge\nb +Inf\n' +
        '# HELP d D.\n# TYPE d histogram\nd_bucket{m="x",le="0.1"} 2\nd_bucket{m="x",le="1"} 3\nd_bucket{m="x",le="+Inf"} 4\nd_sum{m="x"} 2.65\nd_count{m="x"} 4\n',
    );
  });
});

describe("a trace", () => {
  const VALID = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";

  it("goes on with a span of our own", () => {
    const next = parseTraceparent(nextTraceparent(parseTraceparent(VALID)!))!;
    expect(next.traceId).toBe("0af7651916cd43dd8448eb211c80319c");
    expect(next.flags).toBe("01");
    expect(next.parentId).not.toBe("b7ad6b7169203331");
    expect(parseTraceparent("01-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01-more")).not.toBeNull();
  });

  it.each([undefined, "", "00", VALID.toUpperCase(), VALID.replace("00-", "ff-"), `${VALID}-more`, VALID.replace(/[0-9a-f]{32}/, "0".repeat(32)), VALID.replace(/[0-9a-f]{16}-01/, `${"0".repeat(16)}-01`), VALID.replace("-01", "-1"), [VALID, VALID]])("that is not valid is none: %j", (header) => {
    expect(parseTraceparent(header as string)).toBeNull();
  });
});
