import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import { listBodiesOf } from './bodies-of-region.ts';

beforeAll(() => {
  vi.stubGlobal('navigator', { languages: ['en'] });
});

afterAll(() => {
  vi.unstubAllGlobals();
});

const body = (id: string, city: string | null, isRehearsal = false) => ({
  id,
  name: `Name of ${id}`,
  city,
  closedOn: null,
  isRehearsal,
});
const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

it('finds the bodies of a city that has the region’s name, however it is written', () => {
  const region = { code: 'RU-SPE', name: 'St. Petersburg', variants: [] };
  const bodies = [body('b', 'St Petersburg'), body('a', 'st. petersburg'), body('c', 'Pskov')];
  expect(idsOf(listBodiesOf(region, [], [...bodies, body('d', null)]))).toEqual(['a', 'b']);
});

it('finds those of a city with an institution of the region, rehearsals last', () => {
  const region = { code: 'RU-KR', name: 'Karelia', variants: [] };
  const sites = [
    { city: 'Petrozavodsk', region: { code: 'RU-KR' } },
    { city: 'Murmansk', region: { code: 'RU-MUR' } },
  ];
  const bodies = [
    body('a', 'Petrozavodsk', true),
    body('b', 'Petrozavodsk'),
    body('c', 'Murmansk'),
  ];
  expect(idsOf(listBodiesOf(region, sites, bodies))).toEqual(['b', 'a']);
});
