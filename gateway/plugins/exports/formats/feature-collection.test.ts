import { cpuMsOf } from '@hub/shared/testing';
import { describe, expect, it } from 'vitest';
import { writeFeatureCollection } from './feature-collection.js';

const places = {
  source: 'somebody',
  precision: 'city',
  places: [{ country: 'SE', city: 'Luleå', longitude: 22.15, latitude: 65.58 }],
};
const write = (...rows: object[]): unknown =>
  JSON.parse([...writeFeatureCollection({ one: rows, other: null }, places)].join(''));

describe('writeFeatureCollection', () => {
  it('makes a feature of every row, with its position if it is known', () => {
    const row = { id: 'se:1', name: 'Court', placeCity: 'Luleå', placeCountry: 'SE' };
    expect(write(row)).toEqual({
      type: 'FeatureCollection',
      attribution: 'somebody',
      features: [
        {
          type: 'Feature',
          id: 'se:1',
          geometry: { type: 'Point', coordinates: [22.15, 65.58] },
          properties: { name: 'Court', precision: 'city' },
        },
      ],
    });
  });

  it.each([
    ['LULEÅ', 'SE'],
    ['Lulea\u030A', 'SE'],
  ])('finds %s in any spelling', (placeCity, placeCountry) => {
    expect(write({ placeCity, placeCountry })).toMatchObject({
      features: [{ geometry: { coordinates: [22.15, 65.58] } }],
    });
  });

  it.each([
    ['Luleå', 'FI'],
    ['Atlantis', 'SE'],
    [null, 'SE'],
    ['constructor', '__proto__'],
  ])('never guesses the position of %j in %j', (placeCity, placeCountry) => {
    expect(write({ placeCity, placeCountry })).toMatchObject({
      features: [{ geometry: null, properties: { precision: null } }],
    });
  });

  it('looks up no text that is longer than a name, and shows its beginning', async () => {
    const marks = `a${'\u0301\u0327'.repeat(40_000)}`;
    const timeOf = (placeCity: string) =>
      cpuMsOf(() => write({ placeCity, placeCountry: 'SE', city: placeCity }));
    await timeOf('Luleå');
    const plain = await timeOf('á'.repeat(80_000));
    expect((await timeOf(marks)) / plain).toBeLessThan(200);
    const row = { city: marks, placeCity: marks, placeCountry: 'SE' };
    const city = `${marks.slice(0, 19_999)}…`;
    expect(write(row)).toMatchObject({
      features: [{ geometry: null, properties: { city, precision: null } }],
    });
  });

  it('writes a response without rows', () => {
    expect(write()).toMatchObject({ features: [] });
  });
});
