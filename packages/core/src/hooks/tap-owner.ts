/** Which plugin is tapping: set while its `apply` runs; a tap registered later goes by its own name. */
export interface TapOwner {
  current: string | null;
}
