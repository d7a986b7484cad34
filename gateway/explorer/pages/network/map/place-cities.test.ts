import { describe, expect, it } from 'vitest';
import * as region from '../../../parts/map/region.ts';
import type { City } from '../model/cities.ts';
import { connect, frameCities, placeNames, type Placed, type Point } from './place-cities.ts';

const cityOf = (city: string): City => ({ key: city, city, country: null, seats: [], events: [] });

describe('frameCities', () => {
  it.each<[what: string, places: Point[]]>([
    [
      'a few that are near',
      [
        [480, 400],
        [470, 420],
      ],
    ],
    ['one', [[10, 630]]],
    ['none', []],
    [
      'one above the other',
      [
        [400, 10],
        [400, 630],
      ],
    ],
    [
      'all corners',
      [
        [0, 0],
        [region.width, region.height],
      ],
    ],
  ])('fills a wide and a narrow page, and shows all cities: %s', (_, places) => {
    for (const width of [358, 1100]) {
      const { left, top, scale, height, ...frame } = frameCities(places, width);
      expect(frame.width).toBe(width);
      expect(left).toBeGreaterThanOrEqual(0);
      expect(top).toBeGreaterThanOrEqual(0);
      expect(left + width / scale).toBeLessThanOrEqual(region.width + 0.001);
      expect(top + height / scale).toBeLessThanOrEqual(region.height + 0.001);
      for (const [x, y] of places) {
        expect(x).toBeGreaterThanOrEqual(left);
        expect(y).toBeGreaterThanOrEqual(top);
        expect((x - left) * scale).toBeLessThanOrEqual(width + 0.001);
        expect((y - top) * scale).toBeLessThanOrEqual(height + 0.001);
      }
    }
  });
});

describe('placeNames', () => {
  const place = (city: string, x: number, y: number, r = 10): Placed => ({
    city: cityOf(city),
    x,
    y,
    r,
  });

  it('puts a name right of its city, else left of it, below or above', () => {
    const size = { width: 300, height: 200 };
    const placed = [
      place('Right', 100, 100),
      place('At the edge', 290, 50),
      place('Beside another', 20, 150, 30),
      place('x', 60, 150, 20),
    ];
    const anchors = [...placeNames(placed, size)].map(([{ city }, { anchor, x, y }]) => [
      city,
      anchor,
      x >= 0 && x <= size.width && y >= 0 && y <= size.height,
    ]);
    expect(anchors).toEqual([
      ['Right', 'start', true],
      ['At the edge', 'end', true],
      ['Beside another', 'middle', true],
      ['x', 'start', true],
    ]);
  });

  it('leaves out a name without room', () => {
    const size = { width: 60, height: 30 };
    expect(placeNames([place('A long name', 30, 15)], size).size).toBe(0);
  });
});

describe('connect', () => {
  const at = (x: number, y: number): Placed => ({ city: cityOf(`${x} ${y}`), x, y, r: 10 });
  const [from, to] = [at(0, 0), at(100, 0)];

  it('draws a straight line where no other city is near', () => {
    expect(connect(from, to, [from, to, at(50, 60), at(200, 0)])).toBe('M0 0L100 0');
  });

  it.each([
    [at(50, 3), -24],
    [at(50, -3), 24],
  ])('bends away from a city that it would pass through', (between, y) => {
    expect(connect(from, to, [from, to, between])).toBe(`M0 0Q50 ${y} 100 0`);
  });
});
