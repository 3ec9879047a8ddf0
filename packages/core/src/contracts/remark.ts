/**
 * What a reader of a model must know of something that was learnt. The state of a trainer or a transform, where it is an object, may carry
 * them as its member `remarks`: they stand in the run's summary and among the limits on the model's card.
 */
export interface Remark {
  /** `probabilities`: why they are not to be taken at their word; falls away where something in `after` learns them anew from the target, so that the run tells it where the version is registered. `importance`: what the model leans on, as its training measured it; it stands beside the permutation importance. */
  readonly about: "training" | "probabilities" | "after" | "importance";
  /** One sentence. */
  readonly sentence: string;
}
