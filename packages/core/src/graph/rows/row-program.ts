import type { Tensor } from "../../contracts/graph.js";
import { encodeModel } from "../encode.js";
import type { GraphModel, GraphNode, Port } from "../graph-model.js";
import { inferTypes } from "../infer/model-types.js";
import { hasKnownOpsets } from "../opsets.js";
import { readModel } from "../read.js";
import { cut } from "../split.js";
import { widthOfDims } from "../tensor-type.js";
import { createLayout, load, store, tensorFor, type Place } from "./cells.js";
import { pack, type Pack } from "./pack.js";
import { partsOf, type Parts } from "./parts.js";
import { rowType, type Facts, type Step } from "./step.js";

/** Rows that are on their way. */
export interface Begun {
  /** What `between` is fed with. */
  readonly feeds: ReadonlyMap<string, Tensor>;
  /** The outputs of the whole, in its order, from those of `between`; null: a row must be left to the runtime. */
  end(given: ReadonlyMap<string, Tensor>): readonly Tensor[] | null;
}

/**
 * A model made ready for few rows. A runtime takes about a microsecond to begin each node, whatever the node does; for a row alone that is nearly all
 * of its time. Here all that is the same in every runtime, bit for bit, is done row by row without one, before and behind what is not: products, sums and
 * exponentials. These are a file of their own for the runtime, computed by the same operators as in the whole.
 */
export interface RowProgram {
  /** What only a runtime can do; null: nothing. */
  readonly between: Uint8Array | null;
  /** Null: a row must be left to the runtime. `feeds`: the inputs of the whole. */
  begin(feeds: ReadonlyMap<string, Tensor>, rows: number): Begun | null;
}

/** A value that goes from one part to another, under its name in the file. */
interface Crossing {
  readonly name: string;
  readonly place: Place;
}

/** A pure function of the file; null where all of it is the runtime's, as it is in files of other operator sets. Throws GRAPH_UNSUPPORTED as `readModel` does. */
export function rowProgram(bytes: Uint8Array): RowProgram | null {
  const model = readModel(bytes);
  if (!hasKnownOpsets(model.opsets)) return null;
  const facts: Facts = { types: inferTypes(model), constants: model.constants };
  const parts = partsOf(model, facts);
  const alone = betweenOf(model, facts, parts);
  if (alone === null || parts.before.length + parts.behind.length === 0) return null;
  const between = pack(alone);
  const layout = createLayout();
  const places = new Map<string, Place>();
  const place = (name: string): Place => {
    const constant = model.constants.get(name);
    const type = facts.types.get(name)!;
    const found = places.get(name) ?? (constant === undefined ? layout.take(type.dtype, widthOfDims(type.dims)) : layout.keep(constant));
    places.set(name, found);
    return found;
  };
  const stepsOf = (planned: Parts["before"]): readonly Step[] => planned.map(({ plan }) => plan({ cells: layout.cells, place }));
  const crossing = ({ name }: Port): Crossing => ({ name, place: place(name) });
  // The first to have places, which thus lie side by side.
  const packed = ({ port, names }: Pack): Crossing => ({ name: port.name, place: names.map(place).reduce((first, next) => ({ ...first, width: first.width + next.width })) });
  const [fed, given] = [between.inputs.map(packed), between.outputs.map(packed)];
  const [before, behind] = [stepsOf(parts.before), stepsOf(parts.behind)];
  const made = new Set(parts.before.flatMap(({ node }) => node.outputs));
  const read = new Set([...parts.behind.flatMap(({ node }) => node.inputs), ...model.outputs.map(({ name }) => name)]);
  const begins = [...made, ...model.inputs.map(({ name }) => name)];
  const program = {
    cells: layout.cells,
    before,
    behind,
    inputs: model.inputs.filter(({ name }) => places.has(name)).map(crossing),
    outputs: model.outputs.map(crossing),
    fed,
    given,
    // Cells are written over by the next row: what is needed behind the runtime's part is put aside.
    aside: begins.filter((name) => read.has(name)).map((name) => place(name)),
  };
  layout.finish();
  if (between.model.nodes.length > 0) return { between: encodeModel(between.model), begin: (feeds, rows) => begin(program, feeds, rows) };
  return { between: null, begin: (feeds, rows) => beginAndEnd(program, feeds, rows) };
}

/** The part of the runtime as a model of its own; null where a value of another kind than a row's goes into it or out of it. */
function betweenOf(model: GraphModel, facts: Facts, { between, behind }: Parts): GraphModel | null {
  const made = new Set(between.flatMap(({ outputs }) => outputs));
  const inputs = portsOf(facts, readBy(between).filter((name) => !made.has(name) && !model.constants.has(name)));
  const outputs = portsOf(facts, [...new Set([...readBy(behind.map(({ node }) => node)), ...model.outputs.map(({ name }) => name)])].filter((name) => made.has(name)));
  if (inputs === null || outputs === null || portsOf(facts, model.outputs.map(({ name }) => name)) === null) return null;
  return cut(model, between, inputs, outputs);
}

function readBy(nodes: readonly GraphNode[]): readonly string[] {
  return [...new Set(nodes.flatMap(({ inputs }) => inputs))].filter((name) => name !== "");
}

function portsOf(facts: Facts, names: readonly string[]): readonly Port[] | null {
  const ports = names.map((name) => ({ name, type: rowType(facts, name) }));
  return ports.every(({ type }) => type !== null && type.dims.length === 2) ? (ports as readonly Port[]) : null;
}

interface Program {
  readonly cells: Parameters<typeof load>[0];
  readonly before: readonly Step[];
  readonly behind: readonly Step[];
  readonly inputs: readonly Crossing[];
  readonly outputs: readonly Crossing[];
  readonly fed: readonly Crossing[];
  readonly given: readonly Crossing[];
  readonly aside: readonly Place[];
}

/** Where nothing is the runtime's. */
function beginAndEnd({ cells, before, inputs, outputs }: Program, feeds: ReadonlyMap<string, Tensor>, rows: number): Begun | null {
  const given = inputs.map(({ name }) => feeds.get(name)!);
  const results = outputs.map(({ place }) => tensorFor(place, rows));
  cells.hasGivenUp = false;
  for (let row = 0; row < rows; row++) {
    for (let at = 0; at < inputs.length; at++) load(cells, inputs[at]!.place, given[at]!, row);
    for (const step of before) step();
    if (cells.hasGivenUp) return null;
    for (let at = 0; at < outputs.length; at++) store(cells, outputs[at]!.place, results[at]!, row);
  }
  return { feeds: NOTHING, end: () => results };
}

const NOTHING: ReadonlyMap<string, Tensor> = new Map();

function begin({ cells, before, behind, inputs, outputs, fed, given, aside }: Program, feeds: ReadonlyMap<string, Tensor>, rows: number): Begun | null {
  const fedTensors = fed.map(({ place }) => tensorFor(place, rows));
  const asideTensors = aside.map((place) => tensorFor(place, rows));
  cells.hasGivenUp = false;
  const whole = inputs.map(({ name }) => feeds.get(name)!);
  for (let row = 0; row < rows; row++) {
    for (let at = 0; at < inputs.length; at++) load(cells, inputs[at]!.place, whole[at]!, row);
    for (const step of before) step();
    if (cells.hasGivenUp) return null;
    for (let at = 0; at < fed.length; at++) store(cells, fed[at]!.place, fedTensors[at]!, row);
    for (let at = 0; at < aside.length; at++) store(cells, aside[at]!, asideTensors[at]!, row);
  }
  return {
    feeds: new Map(fed.map(({ name }, at) => [name, fedTensors[at]!])),
    end(found) {
      const results = outputs.map(({ place }) => tensorFor(place, rows));
      const givenTensors = given.map(({ name }) => found.get(name)!);
      cells.hasGivenUp = false;
      for (let row = 0; row < rows; row++) {
        for (let at = 0; at < aside.length; at++) load(cells, aside[at]!, asideTensors[at]!, row);
        for (let at = 0; at < given.length; at++) load(cells, given[at]!.place, givenTensors[at]!, row);
        for (const step of behind) step();
        if (cells.hasGivenUp) return null;
        for (let at = 0; at < outputs.length; at++) store(cells, outputs[at]!.place, results[at]!, row);
      }
      return results;
    },
  };
}
