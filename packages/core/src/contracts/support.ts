/** Whether something is done: true, or a sentence that says why not. */
export type Support = true | { readonly because: string };
