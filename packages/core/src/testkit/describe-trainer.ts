import { describeLaws } from "./law.js";
import type { TrainerCase } from "./trainer/trainer-case.js";
import { trainerLaws } from "./trainer/trainer-laws.js";

/** The laws of trainers as tests of one trainer on one problem. */
export function describeTrainer(subject: TrainerCase & { readonly name: string }): void {
  describeLaws(`${subject.name} is a trainer`, trainerLaws, subject);
}
