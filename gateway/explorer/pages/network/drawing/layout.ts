import { isLarge, type Network } from '../model/network.ts';

/** What the worker lays out. Numbers alone, so that nothing is copied that it does not need. */
export interface LayoutTask {
  /** x and y of each actor. */
  readonly positions: Float32Array;
  readonly sizes: Float32Array;
  /** The two ends of each contact, as places of actors. */
  readonly ends: Uint32Array;
  readonly strengths: Float32Array;
}

/** What the worker sends while it works, and at the end. */
export interface LayoutStep {
  readonly positions: Float32Array;
  readonly isDone: boolean;
}

/** In radians. Points that turn by it lie evenly. */
const goldenAngle = Math.PI * (3 - Math.sqrt(5));

/** The places from which the layout starts. They are always the same, so the drawing is too. */
function firstPositions(count: number): Float32Array {
  const positions = new Float32Array(count * 2);
  for (let index = 0; index < count; index += 1) {
    const radius = 10 * Math.sqrt(index + 1);
    positions[index * 2] = radius * Math.cos(index * goldenAngle);
    positions[index * 2 + 1] = radius * Math.sin(index * goldenAngle);
  }
  return positions;
}

/** With how many each actor is in contact, whatever is filtered. */
function countDegrees({ actors, contacts }: Network): Uint32Array {
  const degrees = new Uint32Array(actors.length);
  for (const { ends } of contacts)
    for (const { index } of ends) degrees[index] = (degrees[index] ?? 0) + 1;
  return degrees;
}

/** The radius of a node, in pixels. Its area grows with the number of its contacts. */
const sizeOf = (degree: number, most: number, large: boolean): number =>
  (large ? 1.5 : 3) + (large ? 5 : 11) * Math.sqrt(degree / most);

/** Prepares the whole network for the worker, so that filtering moves nothing. */
export function prepareLayout(network: Network): LayoutTask {
  const { actors, contacts } = network;
  const degrees = countDegrees(network);
  const most = degrees.reduce((one, other) => Math.max(one, other), 1);
  const large = isLarge(actors.length, contacts.length);
  const ends = new Uint32Array(contacts.length * 2);
  const strengths = new Float32Array(contacts.length);
  for (const [index, contact] of contacts.entries()) {
    ends[index * 2] = contact.ends[0].index;
    ends[index * 2 + 1] = contact.ends[1].index;
    strengths[index] = contact.evidence.length;
  }
  return {
    positions: firstPositions(actors.length),
    sizes: Float32Array.from(degrees, (degree) => sizeOf(degree, most, large)),
    ends,
    strengths,
  };
}
