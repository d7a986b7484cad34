import { describe, expect, it } from 'vitest';
import { writeFeatureCollection } from './feature-collection.js';

const places = {
  source: 'somebody',
  precision: 'city',
  places: [{ country: 'SE', city: 'Luleå', longitude: 22.15, latitude: 65.58 }],
};
const write = (...rows: object[]): unknown =>
  JSON.parse(writeFeatureCollection({ one: rows, other: null }, places));

describe('writeFeatureCollection', () => {
  it('makes a feature of every row, where its place is known', () => {
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
  ])('finds %s, however it is spelled', (placeCity, placeCountry) => {
    expect(write({ placeCity, placeCountry })).toMatchObject({
      features: [{ geometry: { coordinates: [22.15, 65.58] } }],
    });
  });

  it.each([
    ['Luleå', 'FI'],
    ['Atlantis', 'SE'],
    [null, 'SE'],
    ['constructor', '__proto__'],
  ])('never guesses where %j in %j is', (placeCity, placeCountry) => {
    expect(write({ placeCity, placeCountry })).toMatchObject({
      features: [{ geometry: null, properties: { precision: null } }],
    });
  });
});
