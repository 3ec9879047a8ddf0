import { describeSink } from "@millrace/core/testkit";
import { sinkPlace } from "../test/sink-place.js";

describeSink({ name: "csv", create: () => sinkPlace("csv", {}) });
describeSink({ name: "csv, packed", create: () => sinkPlace("csv", { compression: "gzip", delimiter: ";" }) });
