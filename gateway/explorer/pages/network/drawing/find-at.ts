import type { Selection } from '../model/filter.ts';
import { canvasPointOf, type Frame } from './painting.ts';
import type { Layout } from './use-layout.ts';

/** A point of the canvas, and what is drawn around it. */
interface PointOnDrawing {
  readonly at: readonly [number, number];
  readonly positions: Layout['positions'];
  readonly sizes: Float32Array;
  readonly frame: Frame;
  readonly selection: Selection;
}

/** As far from what is meant as a pointer may be, in pixels. */
const reach = 4;

/** The actor that is nearest to a point, by its place in the network. */
export function findActor({
  at,
  positions,
  sizes,
  frame,
  selection,
}: PointOnDrawing): number | undefined {
  let found: number | undefined;
  let nearest = Infinity;
  for (const { actor } of selection.actors) {
    const [x, y] = canvasPointOf(positions, actor.index, frame);
    const distance = Math.hypot(at[0] - x, at[1] - y);
    if (distance > (sizes[actor.index] ?? 0) + reach || distance >= nearest) continue;
    found = actor.index;
    nearest = distance;
  }
  return found;
}

/** How far a point is from a line, from one of its ends to the other. */
function distanceFrom(
  [x, y]: readonly [number, number],
  [fromX, fromY]: readonly [number, number],
  [toX, toY]: readonly [number, number],
): number {
  const [width, height] = [toX - fromX, toY - fromY];
  const along = ((x - fromX) * width + (y - fromY) * height) / (width ** 2 + height ** 2 || 1);
  const part = Math.min(1, Math.max(0, along));
  return Math.hypot(x - fromX - part * width, y - fromY - part * height);
}

/** The key of the contact whose line is nearest to a point. */
export function findContact({
  at,
  positions,
  frame,
  selection,
}: PointOnDrawing): string | undefined {
  let found: string | undefined;
  let nearest = reach;
  for (const { contact } of selection.contacts) {
    const [from, to] = contact.ends.map(({ index }) => canvasPointOf(positions, index, frame));
    if (!from || !to) continue;
    const distance = distanceFrom(at, from, to);
    if (distance >= nearest) continue;
    found = contact.key;
    nearest = distance;
  }
  return found;
}
