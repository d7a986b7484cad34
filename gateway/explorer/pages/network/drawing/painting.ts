import type { Palette } from './palette.ts';

/** What of a large network is painted. Numbers alone, so that sending them takes no time. */
export interface Look {
  /** The place in `colours` of each actor’s colour. 0 hides it. */
  readonly actors: Uint8Array;
  /** The radius of each actor, in pixels. */
  readonly sizes: Float32Array;
  /** The two ends of each contact, as places of actors. */
  readonly ends: Uint32Array;
  /** The place in `colours` of each contact’s colour. */
  readonly lines: Uint8Array;
  readonly widths: Float32Array;
  /** The first is for nothing, the second is the faint one. Later ones are painted over earlier ones. */
  readonly colours: readonly string[];
  /** The actors whose names are painted where there is room, the most important first. */
  readonly named: Uint32Array;
  readonly palette: Pick<Palette, 'paper' | 'ink' | 'chosen'>;
}

/** Which part of the layout the canvas shows. */
export interface Camera {
  /** The middle of the canvas, in units of the layout. */
  readonly x: number;
  readonly y: number;
  /** Pixels for each unit of the layout, to the right and up. */
  readonly scale: readonly [number, number];
}

export interface Frame {
  readonly width: number;
  readonly height: number;
  /** Pixels of the screen for each pixel of the page. */
  readonly sharpness: number;
  readonly camera: Camera;
  /** The actor under the pointer. */
  readonly pointed: number | undefined;
}

/** The texts of a picture that is saved. */
export interface Caption {
  readonly title: string;
  readonly subtitle: string;
  readonly legend: readonly { readonly label: string; readonly colour: string }[];
  readonly notes: readonly string[];
}

/** All that is painted. */
export interface Picture {
  readonly names: readonly string[];
  /** x and y of each actor. */
  readonly positions: Float32Array;
  readonly look: Look;
  readonly frame: Frame;
  /** Only files have it: the page says the same around its drawing. */
  readonly caption?: Caption;
}

/** What the painter has to know. Each message brings what is new of it. */
export interface Painting extends Picture {
  readonly canvas: OffscreenCanvas;
}

/** A drawing is stretched so far at most, to fill the space that it has. */
const mostStretch = 2;

/** The camera that shows all of these actors, with a margin in pixels around them. */
export function cameraOf(
  positions: Float32Array,
  indices: Iterable<number>,
  { width, height }: Pick<Frame, 'width' | 'height'>,
  margin: number,
): Camera {
  let [left, right, low, high] = [Infinity, -Infinity, Infinity, -Infinity];
  for (const index of indices) {
    const x = positions[index * 2] ?? 0;
    const y = positions[index * 2 + 1] ?? 0;
    left = Math.min(left, x);
    right = Math.max(right, x);
    low = Math.min(low, y);
    high = Math.max(high, y);
  }
  const wide = Math.max(1, width - 2 * margin) / Math.max(1e-9, right - left);
  const tall = Math.max(1, height - 2 * margin) / Math.max(1e-9, high - low);
  const scale = [Math.min(wide, tall * mostStretch), Math.min(tall, wide * mostStretch)] as const;
  return { x: (left + right) / 2, y: (low + high) / 2, scale };
}

/** Where an actor stands on the canvas. The axis of the layout points up. */
export function canvasPointOf(
  positions: Float32Array,
  index: number,
  { width, height, camera }: Frame,
): readonly [number, number] {
  return [
    width / 2 + ((positions[index * 2] ?? 0) - camera.x) * camera.scale[0],
    height / 2 - ((positions[index * 2 + 1] ?? 0) - camera.y) * camera.scale[1],
  ];
}
