import { describe, expect, it } from 'vitest';
import { findMissingSectors } from './find-missing-sectors.js';

describe('Visit.missingSectors', () => {
  it('lists planned sectors that no stop shows, in the programme’s order', () => {
    expect(findMissingSectors(['POLICE', 'PROSECUTION', 'NGO'], ['PROSECUTION'])).toEqual([
      'POLICE',
      'NGO',
    ]);
  });

  it('counts a social stop for the health sector too, but not the reverse', () => {
    expect(findMissingSectors(['SOCIAL', 'HEALTH'], ['SOCIAL'])).toEqual([]);
    expect(findMissingSectors(['SOCIAL', 'HEALTH'], ['HEALTH'])).toEqual(['SOCIAL']);
  });
});
