import { describeLaws } from "./law.js";
import { storeLaws, type StoreCase } from "./store/store-laws.js";

/** The laws of stores as tests of one store. */
export function describeStore(subject: StoreCase & { readonly name: string }): void {
  describeLaws(`${subject.name} is a store`, storeLaws, subject);
}
