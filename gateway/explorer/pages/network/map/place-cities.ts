import * as region from '../../../parts/map/region.ts';
import type { City } from '../model/cities.ts';

export type Point = readonly [number, number];

/** The part of the region that a map shows. */
export interface Frame {
  /** The corner at the left above, in the region’s own units. */
  readonly left: number;
  readonly top: number;
  /** Pixels for each unit. */
  readonly scale: number;
  /** In pixels. */
  readonly width: number;
  readonly height: number;
}

const clamp = (value: number, least: number, most: number): number =>
  Math.max(least, Math.min(value, most));

const spanOf = (values: readonly number[]): Point => [Math.min(...values), Math.max(...values)];

/** Names stand beside their cities, so more is shown at the sides. In pixels, and a part of the width. */
const margin = { side: 110, sidePart: 0.1, end: 48 };
/** A map is so high, unless its cities need more: at least in pixels, and a part of its width. */
const usual = { height: 400, part: 0.6 };
/** So many pixels of one unit show the coast as it is known. */
const largest = 4;

/** The region around the cities, which fills the width, however wide or narrow that is. */
export function frameCities(places: readonly Point[], width: number): Frame {
  const cover = width / region.width;
  const [[left, right], [top, bottom]] =
    places.length > 0
      ? [spanOf(places.map(([x]) => x)), spanOf(places.map(([, y]) => y))]
      : [[0, region.width] as const, [0, region.height] as const];
  const side = Math.min(margin.side, width * margin.sidePart);
  const high = Math.max(usual.height, width * usual.part);
  const scale = Math.max(
    cover,
    Math.min(
      largest,
      (width - 2 * side) / (right - left),
      (high - 2 * margin.end) / (bottom - top),
    ),
  );
  const least = Math.min(usual.height, width, region.height * scale);
  const height = clamp((bottom - top) * scale + 2 * margin.end, least, region.height * scale);
  const [wide, tall] = [width / scale, height / scale];
  return {
    left: clamp((left + right - wide) / 2, 0, region.width - wide),
    top: clamp((top + bottom - tall) / 2, 0, region.height - tall),
    scale,
    width,
    height,
  };
}

/** A city on the map, in pixels. */
export interface Placed {
  readonly city: City;
  readonly x: number;
  readonly y: number;
  readonly r: number;
}

export interface Label {
  readonly x: number;
  readonly y: number;
  readonly anchor: 'start' | 'middle' | 'end';
}

/** The size of names, and how wide one letter is at most, in pixels. */
const letters = { height: 13, width: 7 };

type Box = readonly [left: number, right: number, middle: number];

/**
 * Where names have room: right of a circle, else left of it, below or above. Those with the most come
 * first.
 */
export function placeNames(
  placed: readonly Placed[],
  { width, height }: Pick<Frame, 'width' | 'height'>,
): ReadonlyMap<City, Label> {
  const labels = new Map<City, Label>();
  const boxes: Box[] = [];
  const half = letters.height / 2;
  const isFree = (one: Placed, [left, right, middle]: Box) =>
    left >= 0 &&
    right <= width &&
    middle >= half &&
    middle <= height - half &&
    boxes.every(
      ([from, to, line]) => Math.abs(line - middle) > letters.height || to < left || right < from,
    ) &&
    placed.every((other) => {
      const away = Math.max(left - other.x, other.x - right, 0);
      const below = Math.max(Math.abs(other.y - middle) - half, 0);
      // A name may touch the edge of a circle: it is still read.
      return other === one || Math.hypot(away, below) > other.r - 3;
    });
  for (const one of placed) {
    const { city, x, y, r } = one;
    const long = city.city.length * letters.width;
    const [right, left] = [x + r + 3, x - r - 3];
    const middle = clamp(x, long / 2, width - long / 2);
    const centred = [middle - long / 2, middle + long / 2] as const;
    const sides = [
      { x: right, anchor: 'start', box: [right, right + long, y] },
      { x: left, anchor: 'end', box: [left - long, left, y] },
      { x: middle, anchor: 'middle', box: [...centred, y + r + half + 1] },
      { x: middle, anchor: 'middle', box: [...centred, y - r - half - 1] },
    ] as const;
    const label = sides.find(({ box }) => isFree(one, box));
    if (!label) continue;
    boxes.push(label.box);
    labels.set(city, { x: label.x, y: label.box[2], anchor: label.anchor });
  }
  return labels;
}

/** As near a line passes a city that it does not connect, in pixels, it is bent away from it. */
const nearest = 10;
/** The middle of a bent line is off the straight one by this part of its length. */
const bend = 0.12;

/** The way of a line between two cities: straight, unless it would seem to pass through a third. */
export function connect(from: Placed, to: Placed, all: readonly Placed[]): string {
  const [wide, tall] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(wide, tall);
  const start = `M${from.x} ${from.y}`;
  if (length === 0) return start;
  const between = all.find((one) => {
    if (one === from || one === to) return false;
    const [x, y] = [one.x - from.x, one.y - from.y];
    const along = (x * wide + y * tall) / length;
    const aside = Math.abs(x * tall - y * wide) / length;
    return along > 0 && along < length && aside < one.r + nearest;
  });
  if (!between) return `${start}L${to.x} ${to.y}`;
  const side = (between.x - from.x) * tall - (between.y - from.y) * wide < 0 ? 1 : -1;
  // A curve comes half as far as the point that bends it.
  const part = side * 2 * bend;
  const middle = [(from.x + to.x) / 2 + tall * part, (from.y + to.y) / 2 - wide * part];
  return `${start}Q${middle.join(' ')} ${to.x} ${to.y}`;
}
