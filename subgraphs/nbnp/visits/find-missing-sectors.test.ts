import { describe, expect, it } from 'vitest';
import { findMissingSectors } from './find-missing-sectors.js';

describe('Visit.missingSectors', () => {
  it('lists what is to be shown and is not, in the programme’s order', () => {
    expect(findMissingSectors(['POLICE', 'PROSECUTION', 'NGO'], ['PROSECUTION'])).toEqual([
      'POLICE',
      'NGO',
    ]);
  });

  it('takes a social stop for the health sector too, and not the other way round', () => {
    expect(findMissingSectors(['SOCIAL', 'HEALTH'], ['SOCIAL'])).toEqual([]);
    expect(findMissingSectors(['SOCIAL', 'HEALTH'], ['HEALTH'])).toEqual(['SOCIAL']);
  });
});
