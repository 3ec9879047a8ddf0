import { describeSink } from "@millrace/core/testkit";
import { sinkPlace } from "../test/sink-place.js";

describeSink({ name: "json", create: () => sinkPlace("json", {}) });
describeSink({ name: "json as one packed array", create: () => sinkPlace("json", { shape: "array", compression: "gzip" }) });
