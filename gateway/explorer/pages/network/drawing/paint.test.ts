import { describe, expect, it } from 'vitest';
import type { Box, Pen } from './draw-labels.ts';
import { paint } from './paint.ts';
import type { Picture } from './painting.ts';

const frame = { width: 800, height: 600, sharpness: 1, pointed: undefined };
const letterWidth = 7;
const palette = { paper: '#fff', ink: '#000', chosen: '#00f' };

/** Lehmer’s numbers, so that a drawing that fails is drawn again. */
function createRandom(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

/** Each word of a name says whose it is: `7a 7b 7c`. */
const nameOf = (place: number, words: number): string =>
  Array.from({ length: words }, (_, word) => `${place}${'abcdefghij'[word]}nnn`).join(' ');

function drawRandomly(seed: number): Picture {
  const random = createRandom(seed);
  const count = 5 + Math.floor(random() * 75);
  const places = Array.from({ length: count }, (_, place) => place);
  return {
    names: places.map((place) => nameOf(place, 1 + Math.floor(random() * 9))),
    // Some are outside of the window.
    positions: Float32Array.from(
      places.flatMap(() => [random() * 900 - 450, random() * 700 - 350]),
    ),
    look: {
      actors: Uint8Array.from(places, () => (random() < 0.2 ? 0 : 2)),
      sizes: Float32Array.from(places, () => 4 + random() * 12),
      ends: new Uint32Array(),
      lines: new Uint8Array(),
      widths: new Float32Array(),
      colours: ['', '#eee', '#333'],
      named: Uint32Array.from(places),
      palette,
    },
    frame: { ...frame, camera: { x: 0, y: 0, scale: [1, 1] } },
  };
}

/** Draws a picture, and returns the lines that were written and the circles that were filled. */
function record(picture: Picture) {
  const lines: (Box & { readonly text: string })[] = [];
  const circles: Box[] = [];
  const nothing = () => undefined;
  const pen = {
    measureText: (text: string) => ({ width: text.length * letterWidth }),
    fillText: (text: string, left: number, line: number) =>
      lines.push({
        text,
        left,
        right: left + text.length * letterWidth,
        // Of 12 pixels height: what is above the line, and the tails of letters below it.
        top: line - 9,
        bottom: line + 3,
      }),
    arc: (x: number, y: number, size: number) =>
      circles.push({ left: x - size, right: x + size, top: y - size, bottom: y + size }),
    ...Object.fromEntries(
      ['beginPath', 'fill', 'fillRect', 'lineTo', 'moveTo', 'stroke', 'strokeText'].map((name) => [
        name,
        nothing,
      ]),
    ),
  } as unknown as Pen;
  paint(pen, picture);
  return { lines, circles };
}

const cover = (one: Box, other: Box): boolean =>
  Math.min(one.right, other.right) > Math.max(one.left, other.left) &&
  Math.min(one.bottom, other.bottom) > Math.max(one.top, other.top);

const ownerOf = (text: string): number => Number.parseInt(text, 10);

/** What is wrong with a drawing: none of its names may cover anything or be cut. */
function findFaults(picture: Picture): string[] {
  const { lines, circles } = record(picture);
  const faults: string[] = [];
  for (const [at, line] of lines.entries()) {
    const others = lines.slice(at + 1).filter(({ text }) => ownerOf(text) !== ownerOf(line.text));
    const { text, left, right, top, bottom } = line;
    for (const other of others) if (cover(line, other)) faults.push(`${text} and ${other.text}`);
    if (circles.some((circle) => cover(line, circle))) faults.push(`${text} covers a party`);
    if (left < 0 || right > frame.width || top < 0 || bottom > frame.height)
      faults.push(`${text} is cut`);
  }
  for (const owner of new Set(lines.map(({ text }) => ownerOf(text)))) {
    const words = lines.filter(({ text }) => ownerOf(text) === owner).map(({ text }) => text);
    if (words.join(' ') !== picture.names[owner]) faults.push(`${words.join(' ')} is not whole`);
  }
  return faults;
}

describe('paint', () => {
  it('writes whole names that cover neither a party nor each other, within the window', () => {
    let written = 0;
    for (let seed = 1; seed <= 300; seed += 1) {
      const picture = drawRandomly(seed);
      expect(findFaults(picture), `drawing ${seed}`).toEqual([]);
      written += record(picture).lines.length;
    }
    expect(written).toBeGreaterThan(300);
  });

  it('writes the most important name where two have no room', () => {
    const picture = drawRandomly(1);
    const { lines } = record({
      ...picture,
      names: ['0first', '1second'],
      positions: new Float32Array([-50, 0, -47, 0]),
      look: {
        ...picture.look,
        actors: new Uint8Array([2, 2]),
        sizes: new Float32Array([4, 4]),
        named: new Uint32Array([1, 0]),
      },
      // Both are at the left of a window as high as one line: a name has room on their right alone.
      frame: { ...picture.frame, width: 120, height: 16 },
    });
    expect(lines.map(({ text }) => text)).toEqual(['1second']);
  });

  it('moves a name along its party where it has room neither beside it nor in the middle', () => {
    const picture = drawRandomly(1);
    const { lines } = record({
      ...picture,
      names: ['0nnnnnnnnn'],
      positions: new Float32Array([25, 0]),
      look: {
        ...picture.look,
        actors: new Uint8Array([2]),
        sizes: new Float32Array([4]),
        named: new Uint32Array([0]),
      },
      // The name is 70 pixels long, and 75 are left of its party.
      frame: { ...picture.frame, width: 100, height: 60 },
    });
    expect(lines.map(({ text }) => text)).toEqual(['0nnnnnnnnn']);
  });
});
