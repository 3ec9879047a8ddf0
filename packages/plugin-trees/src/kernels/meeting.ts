/**
 * Fork and join of threads over shared memory. A tree has about a hundred phases, many of some microseconds: who waits looks often before it sleeps.
 * In the words at `control`: 0 the number of the command, 16 how many threads are done with it, 32 the kernel.
 */
export interface Meeting {
  readonly words: Int32Array;
}

const EPOCH = 0;
const DONE = 16;
const COMMAND = 32;
const LOOKS = 20_000;

export const meetingAt = (memory: WebAssembly.Memory, control: number): Meeting => ({ words: new Int32Array(memory.buffer, control, 48) });

/** Has the others do a command, does it, too, and awaits them. False where one does not answer within a minute after this thread is done. */
export function lead({ words }: Meeting, others: number, command: number, work: () => void): boolean {
  words[COMMAND] = command;
  Atomics.store(words, DONE, 0);
  Atomics.add(words, EPOCH, 1);
  Atomics.notify(words, EPOCH, others);
  work();
  const until = Date.now() + 60_000;
  for (let done = look(words, DONE, (count) => count === others); done !== others; done = Atomics.load(words, DONE)) {
    if (Date.now() > until) return false;
    Atomics.wait(words, DONE, done, 1000);
  }
  return true;
}

/** Does each command as it comes; ends behind `stop`. */
export function follow({ words }: Meeting, stop: number, work: (command: number) => void): void {
  for (let epoch = 0; ; ) {
    let now = look(words, EPOCH, (seen) => seen !== epoch);
    for (; now === epoch; now = Atomics.load(words, EPOCH)) Atomics.wait(words, EPOCH, epoch);
    epoch = now;
    const command = words[COMMAND]!;
    if (command !== stop) work(command);
    Atomics.add(words, DONE, 1);
    Atomics.notify(words, DONE, 1);
    if (command === stop) return;
  }
}

function look(words: Int32Array, at: number, isThere: (value: number) => boolean): number {
  let value = Atomics.load(words, at);
  for (let looks = 0; looks < LOOKS && !isThere(value); looks++) value = Atomics.load(words, at);
  return value;
}
