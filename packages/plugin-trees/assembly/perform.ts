import { histogram, packedHistogram } from "./add-up";
import { arrangeColumns, arrangeNumbers, arrangeRows } from "./arrange";
import { addTree, quantize } from "./columns";
import { extremes, gradients, normalizers, settle } from "./gradients";
import { packGradients } from "./packed";
import { addLeaves, partition, root } from "./partition";
import { search } from "./search";
import { summarize } from "./summarize";
import { mergeSummaries } from "./summary";

/** Commands by number, as KERNELS in src/kernels/team.ts. */
export function perform(command: i32, args: usize, thread: i32): void {
  switch (command) {
    case 0: return summarize(args, thread);
    case 1: return quantize(args, thread);
    case 2: return gradients(args, thread);
    case 3: return extremes(args, thread);
    case 4: return settle(args, thread);
    case 5: return normalizers(args, thread);
    case 6: return root(args, thread);
    case 7: return histogram(args, thread);
    case 8: return search(args, thread);
    case 9: return partition(args, thread);
    case 10: return addLeaves(args, thread);
    case 11: return addTree(args, thread);
    case 12: return arrangeRows(args, thread);
    case 13: return arrangeColumns(args, thread);
    case 14: return arrangeNumbers(args, thread);
    case 15: return mergeSummaries(args, thread);
    case 16: return packGradients(args, thread);
    case 17: return packedHistogram(args, thread);
    default: unreachable();
  }
}
