import { describeLaws } from "./law.js";
import { metricLaws, type MetricCase } from "./metric/metric-laws.js";

/** What every metric does, as tests of one metric and one problem. */
export function describeMetric(subject: MetricCase & { readonly name: string }): void {
  describeLaws(`${subject.name} is a metric`, metricLaws, subject);
}
