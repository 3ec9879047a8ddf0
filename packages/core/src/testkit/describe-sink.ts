import { describeLaws } from "./law.js";
import { sinkLaws, type SinkCase } from "./sink/sink-laws.js";

/** The laws of sinks as tests of one sink. */
export function describeSink(subject: SinkCase & { readonly name: string }): void {
  describeLaws(`${subject.name} is a sink`, sinkLaws, subject);
}
