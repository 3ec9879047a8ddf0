import { describeSink } from "@millrace/core/testkit";
import { sinkPlace } from "../test/sink-place.js";

describeSink({ name: "parquet", create: () => sinkPlace("parquet", {}) });
